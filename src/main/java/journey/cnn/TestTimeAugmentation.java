package journey.cnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import journey.data.Augmentation.Border;
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
 * The views of a picture whose predictions are averaged.
 *
 * <p>The weighted mean is taken over the logarithms of the probabilities, and the result is scaled
 * to sum to 1. For a softmax this is the softmax of the weighted mean of its logits.
 */
public enum TestTimeAugmentation {
  /** The picture as it is. */
  NONE(List.of(new View(0, 1, false))),

  /** The picture and its mirror image. */
  MIRROR(mirroredToo(new View(0, 1, false))),

  /**
   * The picture with weight 1/2, and moved by one pixel down and right, and up and left, with 1/4
   * each, reflected at the edge; half of each weight goes to the mirror image.
   */
  MIRROR_AND_SHIFT(
      mirroredToo(new View(0, 0.5, false), new View(1, 0.25, false), new View(-1, 0.25, false)));

  /** Pictures per call of the network, of up to 32x32x3: enough for full speed, small in memory. */
  private static final int AT_ONCE = 250;

  /** Larger pictures are fewer per call. */
  private static final int VALUES_AT_ONCE = AT_ONCE * Cifar10.FEATURES;

  /**
   * Is added, so that 0 has a logarithm, and changes no probability above 1e-30. A maximum with it
   * would make a number of NaN.
   */
  private static final double SMALLEST = 1e-37;

  private record View(int move, double weight, boolean mirrored) {

    /** A changed copy of pictures {@code [n, channels, side, side]}. */
    INDArray of(INDArray pictures) {
      int side = (int) pictures.size(3);
      INDArray shown = Nd4j.createUninitialized(DataType.FLOAT, pictures.shape());
      INDArray before = RowTransfer.contiguous(pictures.reshape(pictures.size(0), -1));
      INDArray after = shown.reshape(before.shape());
      RowTransfer transfer = RowTransfer.ofBackend();
      float[] picture = new float[before.columns()];
      float[] moved = new float[before.columns()];
      for (int row = 0; row < before.rows(); row++) {
        transfer.get(before, row, picture);
        PictureChanges.shift(picture, moved, side, move, move, Border.REFLECT);
        if (mirrored) {
          PictureChanges.mirror(moved, side);
        }
        transfer.put(moved, after, row);
      }
      return shown;
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
   * Runs the network on all pictures, some hundred at once.
   *
   * @param pictures {@code [n, channels, side, side]}, float32, standardised as those it was
   *     trained on
   * @return a new array {@code [n, classes]}
   * @throws IllegalArgumentException if there is no picture, or the array has another rank, or the
   *     pictures are no squares
   */
  public INDArray probabilities(GraphRunner runner, INDArray pictures) {
    if (pictures.rank() != 4 || pictures.isEmpty() || pictures.size(2) != pictures.size(3)) {
      throw new IllegalArgumentException(
          "pictures must be of shape [n, channels, side, side], at least one, but are of shape %s"
              .formatted(Arrays.toString(pictures.shape())));
    }
    return inParts(pictures, part -> mean(runner, part));
  }

  /** The answers for some hundred pictures at a time, put together. */
  static INDArray inParts(INDArray pictures, UnaryOperator<INDArray> answer) {
    long count = pictures.size(0);
    long values = pictures.size(1) * pictures.size(2) * pictures.size(3);
    long atOnce = Math.max(1, Math.min(AT_ONCE, VALUES_AT_ONCE / values));
    List<INDArray> answers = new ArrayList<>();
    for (long from = 0; from < count; from += atOnce) {
      long to = Math.min(count, from + atOnce);
      answers.add(answer.apply(pictures.get(NDArrayIndex.interval(from, to))));
    }
    return Nd4j.concat(0, answers.toArray(INDArray[]::new));
  }

  private INDArray mean(GraphRunner runner, INDArray pictures) {
    if (this == NONE) {
      return runner.output(pictures);
    }
    INDArray logarithms = null;
    for (View view : views) {
      try (INDArray shown = view.of(pictures)) {
        INDArray answer = runner.output(shown).addi(SMALLEST);
        INDArray term = Transforms.log(answer, false).muli(view.weight());
        logarithms = logarithms == null ? term : logarithms.addi(term);
      }
    }
    return Nd4j.nn().softmax(logarithms, 1);
  }
}
