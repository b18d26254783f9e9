package journey.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import journey.memory.Allocation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The outputs a network should give, as float32 arrays made from the labels. */
public final class Targets {

  private Targets() {}

  /**
   * A row per picture with 1 in the column of its class and 0 in all others.
   *
   * @return a new array of shape {@code [size, classes]}, in 'c' order
   */
  public static INDArray oneHot(LabeledImages images) {
    return oneHot(images, 0);
  }

  /**
   * The same with label smoothing, so that a network is not rewarded for boundless certainty: in
   * each row, part of the 1 is spread evenly over all classes.
   *
   * @param smoothing the share of the 1 that is spread, from 0 to below 1
   * @return a new array of shape {@code [size, classes]}, in 'c' order
   * @throws IllegalArgumentException if the smoothing is not in that range, or there is no room on
   *     the heap
   */
  public static INDArray oneHot(LabeledImages images, double smoothing) {
    return oneHot(images.labels(), images.classNames().size(), smoothing);
  }

  /**
   * A row per text with 1 in the column of its class and 0 in all others.
   *
   * @return a new array of shape {@code [size, classes]}, in 'c' order
   */
  public static INDArray oneHot(LabeledTexts texts) {
    return oneHot(texts.labels(), texts.classNames().size(), 0);
  }

  private static INDArray oneHot(int[] labels, int classes, double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "the label smoothing must be in [0, 1), but it is " + smoothing);
    }
    Allocation.requireHeap(
        Allocation.bytes(DataType.FLOAT, labels.length, classes),
        String.format(
            Locale.ROOT,
            "an array of the targets of %,d examples of %d classes",
            labels.length,
            classes));
    float[] targets = new float[labels.length * classes];
    Arrays.fill(targets, (float) (smoothing / classes));
    for (int i = 0; i < labels.length; i++) {
      targets[i * classes + labels[i]] = (float) (1 - smoothing + smoothing / classes);
    }
    return Nd4j.create(targets, new long[] {labels.length, classes}, 'c');
  }

  /**
   * 0 for each picture of one class and 1 for all others.
   *
   * @return a new array of shape {@code [size, 1]}
   * @throws IndexOutOfBoundsException if there is no class of this number
   */
  public static INDArray oneAgainstRest(LabeledImages images, int zeroClass) {
    Objects.checkIndex(zeroClass, images.classNames().size());
    float[] targets = new float[images.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = images.label(i) == zeroClass ? 0 : 1;
    }
    return Nd4j.create(targets, new long[] {targets.length, 1}, 'c');
  }
}
