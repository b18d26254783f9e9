package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TestTimeAugmentationTest {

  private final LabeledImages images = TinyCnn.pictures(520);
  private final INDArray pictures = ChannelStandardizer.fit(images).apply(images);
  private final ComputationGraph graph = new TinyCnn().network(TinyCnn.RECIPE, 1);
  private final GraphRunner runner = GraphRunner.plain(graph);

  private INDArray ask(INDArray squares) {
    return graph.outputSingle(squares);
  }

  @Test
  void oneViewIsThePlainAnswer() {
    INDArray plain = ask(pictures.reshape(520, 3, 32, 32));
    INDArray found =
        TestTimeAugmentation.NONE.probabilities(runner, pictures.reshape(520, 3, 32, 32));
    assertArrayEquals(plain.ravel().toFloatVector(), found.ravel().toFloatVector(), 1e-6f);
  }

  /** With pictures moved by padding, as the recipe's authors do. */
  @Test
  void manyViewsGiveTheSoftmaxOfTheWeightedMeanOfItsInputs() {
    INDArray squares = pictures.get(NDArrayIndex.interval(0, 5), NDArrayIndex.all()).dup();
    INDArray original = squares.reshape(5, 3, 32, 32);
    INDArray found = TestTimeAugmentation.MIRROR_AND_SHIFT.probabilities(runner, original);
    double[][] sum = new double[5][10];
    for (int move = -1; move <= 1; move++) {
      INDArray moved = padded(original, move);
      add(sum, ask(moved), move == 0 ? 0.25 : 0.125);
      add(sum, ask(mirrored(moved)), move == 0 ? 0.25 : 0.125);
    }
    for (int i = 0; i < 5; i++) {
      double all = 0;
      for (double s : sum[i]) {
        all += Math.exp(s);
      }
      for (int c = 0; c < 10; c++) {
        assertEquals(Math.exp(sum[i][c]) / all, found.getDouble(i, c), 1e-5);
      }
    }
  }

  @Test
  void refusesWhatAreNoSquarePictures() {
    for (long[] shape : new long[][] {{520, 3, 16, 64}, {520, 3072}, {1, 520, 3, 32, 32}}) {
      INDArray others = pictures.reshape(shape);
      for (TestTimeAugmentation views : TestTimeAugmentation.values()) {
        var error =
            assertThrows(IllegalArgumentException.class, () -> views.probabilities(runner, others));
        assertTrue(error.getMessage().contains("[n, channels, side, side]"), error::getMessage);
      }
    }
  }

  private static INDArray mirrored(INDArray moved) {
    INDArray mirrored = moved.dup();
    for (int column = 0; column < 32; column++) {
      mirrored
          .get(
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.point(column))
          .assign(
              moved.get(
                  NDArrayIndex.all(),
                  NDArrayIndex.all(),
                  NDArrayIndex.all(),
                  NDArrayIndex.point(31 - column)));
    }
    return mirrored;
  }

  private static INDArray padded(INDArray squares, int move) {
    INDArray moved = squares.dup();
    for (int line = 0; line < 32; line++) {
      for (int column = 0; column < 32; column++) {
        int l = 31 - Math.abs(31 - Math.abs(line - move));
        int c = 31 - Math.abs(31 - Math.abs(column - move));
        for (int i = 0; i < squares.size(0); i++) {
          for (int channel = 0; channel < 3; channel++) {
            moved.putScalar(i, channel, line, column, squares.getDouble(i, channel, l, c));
          }
        }
      }
    }
    return moved;
  }

  private static void add(double[][] sum, INDArray answers, double weight) {
    for (int i = 0; i < sum.length; i++) {
      for (int c = 0; c < 10; c++) {
        sum[i][c] += weight * Math.log(answers.getDouble(i, c));
      }
    }
  }
}
