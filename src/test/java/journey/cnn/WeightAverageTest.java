package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightAverageTest {

  private final INDArray parameters = Nd4j.createFromArray(1f, 2f).reshape(1, 2);

  private void holds(float... expected) {
    assertArrayEquals(expected, parameters.toFloatVector(), 1e-6f);
  }

  @Test
  void anAverageBesideIsUsedAtTheEnd() {
    var average = new WeightAverage(new WeightAveraging(2, 0.75, false), parameters);
    parameters.assign(Nd4j.createFromArray(9f, 10f).reshape(1, 2));
    average.after(1, 0.1);
    average.after(2, 0.2);
    holds(9, 10);
    average.finish();
    holds(3, 4);
  }

  @Test
  void lookaheadGoesOnFromTheAverageWithADecayThatRises() {
    var average = new WeightAverage(new WeightAveraging(5, 0.8, true), parameters);
    parameters.assign(Nd4j.createFromArray(11f, 12f).reshape(1, 2));
    average.after(4, 0.4);
    holds(11, 12);
    average.after(5, 0.5);
    // The decay is 0.8 / 8.
    holds(10, 11);
    parameters.addi(1);
    average.finish();
    holds(10, 11);
  }

  @Test
  void noAverageChangesNothing() throws IOException {
    var average = new WeightAverage(WeightAveraging.NONE, parameters);
    average.after(5, 0.5);
    average.finish();
    holds(1, 2);
    var entries = new HashMap<String, byte[]>();
    average.addTo(entries);
    assertTrue(entries.isEmpty());
  }
}
