package journey.cnn;

import java.util.Arrays;
import java.util.List;
import journey.data.Cifar10;
import journey.data.PictureChanges;
import journey.engine.GraphRunner;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How many views of a picture a network is asked about, to answer with their weighted mean.
 *
 * <p>The mean is that of the logarithms of the probabilities, and the result is scaled to the sum
 * 1. For a softmax this is the softmax of the weighted mean of its inputs.
 */
public enum TestTimeAugmentation {
  /** The picture as it is. */
  NONE(List.of(new View(0, 1, false))),

  /** The picture and its mirror image. */
  MIRROR(mirroredToo(new View(0, 1, false))),

  /**
   * The picture with weight 1/2, moved by a pixel down and right and by one up and left with 1/4
   * each, what comes in from outside being reflected; of each also the mirror image.
   */
  MIRROR_AND_SHIFT(
      mirroredToo(new View(0, 0.5, false), new View(1, 0.25, false), new View(-1, 0.25, false)));

  /** Pictures per call of the network: enough for its speed, and small in memory. */
  private static final int AT_ONCE = 500;

  /** Log of 0 would make the mean NaN. Below every probability in single precision that counts. */
  private static final double SMALLEST = 1e-37;

  private record View(int move, double weight, boolean mirrored) {

    /** Gives the picture, or {@code spare} with a changed copy. */
    float[] of(float[] picture, float[] spare) {
      if (move == 0) {
        System.arraycopy(picture, 0, spare, 0, picture.length);
      } else {
        PictureChanges.shiftReflecting(picture, spare, Cifar10.SIDE, move, move);
      }
      if (mirrored) {
        PictureChanges.mirror(spare, Cifar10.SIDE);
      }
      return spare;
    }
  }

  private final List<View> views;

  TestTimeAugmentation(List<View> views) {
    this.views = views;
  }

  private static List<View> mirroredToo(View... views) {
    return Arrays.stream(views)
        .flatMap(
            v ->
                List.of(
                    new View(v.move(), v.weight() / 2, false),
                    new View(v.move(), v.weight() / 2, true))
                    .stream())
        .toList();
  }

  /**
   * Asks the network about all pictures, some hundred at once.
   *
   * @param pictures {@code [n, 3072]}, float32, standardised as those it was trained on
   * @return a new array {@code [n, classes]}
   */
  public INDArray probabilities(GraphRunner runner, INDArray pictures) {
    INDArray[] answers = new INDArray[(pictures.rows() + AT_ONCE - 1) / AT_ONCE];
    for (int i = 0; i < answers.length; i++) {
      int from = i * AT_ONCE;
      int to = Math.min(pictures.rows(), from + AT_ONCE);
      try (INDArray some =
          pictures.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c')) {
        answers[i] = this == NONE ? ask(runner, some) : mean(runner, some);
      }
    }
    return Nd4j.concat(0, answers);
  }

  private INDArray mean(GraphRunner runner, INDArray pictures) {
    INDArray logarithms = null;
    try (INDArray viewed = Nd4j.createUninitialized(DataType.FLOAT, pictures.shape())) {
      for (View view : views) {
        show(view, pictures, viewed);
        INDArray answer = Transforms.max(ask(runner, viewed), SMALLEST, false);
        INDArray term = Transforms.log(answer, false).muli(view.weight());
        logarithms = logarithms == null ? term : logarithms.addi(term);
      }
    }
    return Nd4j.nn().softmax(logarithms, 1);
  }

  private static void show(View view, INDArray pictures, INDArray viewed) {
    RowTransfer transfer = RowTransfer.ofBackend();
    float[] picture = new float[Cifar10.FEATURES];
    float[] spare = new float[Cifar10.FEATURES];
    for (int row = 0; row < pictures.rows(); row++) {
      transfer.get(pictures, row, picture);
      transfer.put(view.of(picture, spare), viewed, row);
    }
  }

  private static INDArray ask(GraphRunner runner, INDArray rows) {
    int side = Cifar10.SIDE;
    return runner.output(rows.reshape(rows.rows(), Cifar10.CHANNELS, side, side));
  }
}
