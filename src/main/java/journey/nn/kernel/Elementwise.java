package journey.nn.kernel;

import java.util.function.UnaryOperator;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Functions of each element, in place. What a function gives back is the array that it changed, so
 * that a formula can go on with it.
 *
 * <p>ND4J has them all, but calling one of its operations takes longer than computing one with the
 * few thousand elements of a mini-batch. So float32 in main memory is computed here, in {@link
 * Chunks}; everything else, such as double precision, is left to ND4J.
 */
public final class Elementwise {

  /** 2¹²⁷: twice with it as a factor, even the smallest positive float is above 1. */
  private static final float HUGE = 0x1p127f;

  private static final ThreadLocal<Exponential> EXP = new ThreadLocal<>();

  private Elementwise() {}

  /** What is computed with the first elements of a chunk. */
  private interface Function {
    void of(float[] chunk, int n);
  }

  private static INDArray inPlace(INDArray z, Function function, UnaryOperator<INDArray> byNd4j) {
    if (!Chunks.fit(z)) {
      Shapes.requireFractions(z);
      return z.isEmpty() ? z : byNd4j.apply(z);
    }
    Chunks.forEach(1, (c, n) -> function.of(c[0], n), z);
    return z;
  }

  /** z ← max(z, 0) */
  public static INDArray relu(INDArray z) {
    return inPlace(z, Elementwise::relu, other -> Transforms.relu(other, false));
  }

  private static void relu(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  /** a ← 1 where a &gt; 0, else 0 */
  public static INDArray step(INDArray a) {
    return inPlace(a, Elementwise::step, other -> Transforms.step(other, false));
  }

  /** A loop with a condition in it would not be vectorised. */
  private static void step(float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = Math.min(Math.max(a[i], 0) * HUGE * HUGE, 1);
    }
  }

  /** z ← 1 / (1 + e^−z) */
  public static INDArray sigmoid(INDArray z) {
    return inPlace(z, Elementwise::sigmoid, other -> Transforms.sigmoid(other, false));
  }

  private static void sigmoid(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = -z[i];
    }
    exp(z, n);
    for (int i = 0; i < n; i++) {
      z[i] = 1 / (1 + z[i]);
    }
  }

  /** a ← a·(1 − a) */
  public static INDArray timesOneMinus(INDArray a) {
    return inPlace(
        a,
        Elementwise::timesOneMinus,
        other -> Nd4j.getExecutioner().exec(new TimesOneMinus(other)));
  }

  private static void timesOneMinus(float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = a[i] * (1 - a[i]);
    }
  }

  /** y ← y ⊙ x, for arrays of one shape and type. */
  public static INDArray multiply(INDArray y, INDArray x) {
    Shapes.requireElementwise(x, y);
    if (!Chunks.fit(y, x)) {
      return y.isEmpty() ? y : y.muli(x);
    }
    Chunks.forEach(1, (c, n) -> multiply(c[0], c[1], n), y, x);
    return y;
  }

  private static void multiply(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= x[i];
    }
  }

  /** Row by row, z ← e^z / Σ e^z. */
  public static INDArray softmax(INDArray z) {
    if (!Chunks.fit(z)) {
      return z.isEmpty() ? z : Transforms.softmax(z, false);
    }
    int columns = z.columns();
    Chunks.forRows(1, (c, n) -> softmax(c[0], columns, n), z);
    return z;
  }

  private static void softmax(float[] z, int columns, int n) {
    for (int row = 0; row < n; row += columns) {
      float largest = z[row];
      for (int i = row + 1; i < row + columns; i++) {
        largest = Math.max(largest, z[i]);
      }
      for (int i = row; i < row + columns; i++) {
        z[i] -= largest;
      }
    }
    exp(z, n);
    for (int row = 0; row < n; row += columns) {
      double sum = 0;
      for (int i = row; i < row + columns; i++) {
        sum += z[i];
      }
      for (int i = row; i < row + columns; i++) {
        z[i] = (float) (z[i] / sum);
      }
    }
  }

  private static void exp(float[] x, int n) {
    Exponential exp = EXP.get();
    if (exp == null || exp.size() < n) {
      exp = new Exponential(x.length);
      EXP.set(exp);
    }
    exp.apply(x, n);
  }

  /** y ← x, for arrays of one shape and type. */
  public static INDArray copy(INDArray x, INDArray y) {
    Shapes.requireElementwise(x, y);
    if (!Chunks.fit(y, x)) {
      return y.assign(x);
    }
    MainMemory.buffer(y).put(MainMemory.buffer(x));
    MainMemory.keep(x, y);
    return y;
  }
}
