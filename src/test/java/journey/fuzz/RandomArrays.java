package journey.fuzz;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Random arrays: most as they are asked for, some lying in memory in another way, a few of another
 * type or shape, not finite, closed, empty or missing.
 */
public final class RandomArrays {

  private static final double ODD = 0.12;

  private final Random random;
  private boolean odd;

  RandomArrays(long seed) {
    random = new Random(seed);
  }

  /** The numbers behind the arrays. */
  public Random random() {
    return random;
  }

  /** Whether anything was given that need not be taken. */
  public boolean odd() {
    return odd;
  }

  /** Tells that something was given that need not be taken. */
  public void markOdd() {
    odd = true;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** An array of normal numbers, or something odd. */
  public INDArray array(DataType type, long... shape) {
    if (random.nextDouble() >= ODD) {
      return regular(type, shape);
    }
    odd = true;
    switch (random.nextInt(7)) {
      case 0:
        return null;
      case 1:
        return regular(
            oneOf(DataType.DOUBLE, DataType.FLOAT, DataType.INT32, DataType.INT64), shape);
      case 2:
        return Nd4j.empty(type);
      case 3:
        INDArray closed = regular(type, shape).dup();
        closed.close();
        return closed;
      case 4:
        return regular(type, another(shape));
      default:
        return spoilt(regular(type, shape));
    }
  }

  private long[] another(long[] shape) {
    long[] other = shape.clone();
    switch (random.nextInt(4)) {
      case 0:
        return new long[] {between(1, 5)};
      case 1:
        return new long[] {2, 3, between(1, 4)};
      case 2:
        other[random.nextInt(other.length)] += between(1, 3);
        return other;
      default:
        int i = random.nextInt(other.length);
        other[i] = Math.max(1, other[i] - 1);
        return other;
    }
  }

  private INDArray spoilt(INDArray array) {
    if (array.length() > 0) {
      float value = oneOf(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
      array.putScalar(random.nextInt((int) array.length()), value);
    }
    return array;
  }

  private INDArray regular(DataType type, long... shape) {
    INDArray numbers = numbers(shape).castTo(type);
    switch (shape.length == 0 ? 3 : random.nextInt(6)) {
      case 0:
        return numbers.dup('f');
      case 1:
        return within(numbers);
      case 2:
        return numbers.rank() == 2 ? numbers.transpose().dup('c').transpose() : numbers;
      default:
        return numbers;
    }
  }

  /** A view of a larger array. */
  private INDArray within(INDArray numbers) {
    long[] larger = numbers.shape().clone();
    INDArrayIndex[] part = new INDArrayIndex[larger.length];
    for (int i = 0; i < larger.length; i++) {
      int before = between(0, 2);
      part[i] = NDArrayIndex.interval(before, before + larger[i]);
      larger[i] += before + between(0, 2);
    }
    INDArray view = Nd4j.ones(numbers.dataType(), larger).get(part).reshape(numbers.shape());
    return view.assign(numbers);
  }

  private INDArray numbers(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    float[] values = new float[(int) length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }
}
