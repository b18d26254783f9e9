package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TargetsTest {

  private final LabeledImages images = RandomImages.of(60, 5, new Random(4));

  @Test
  void oneHotHasASingleOneInTheColumnOfTheClass() {
    INDArray targets = Targets.oneHot(images);

    assertArrayEquals(new long[] {60, 5}, targets.shape());
    assertEquals(DataType.FLOAT, targets.dataType());
    for (int i = 0; i < 60; i++) {
      for (int c = 0; c < 5; c++) {
        assertEquals(images.label(i) == c ? 1f : 0f, targets.getFloat(i, c));
      }
    }
  }

  @Test
  void textsHaveTheSame() {
    LabeledTexts texts =
        new LabeledTexts(List.of("Where?", "Who?"), new int[] {2, 0}, List.of("a", "b", "c"));
    assertEquals(Nd4j.createFromArray(new float[][] {{0, 0, 1}, {1, 0, 0}}), Targets.oneHot(texts));
  }

  @Test
  void oneClassIsZeroAndTheRestIsOne() {
    INDArray targets = Targets.oneAgainstRest(images, 2);

    assertArrayEquals(new long[] {60, 1}, targets.shape());
    assertEquals(DataType.FLOAT, targets.dataType());
    for (int i = 0; i < 60; i++) {
      assertEquals(images.label(i) == 2 ? 0f : 1f, targets.getFloat(i, 0));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> Targets.oneAgainstRest(images, 5));
  }
}
