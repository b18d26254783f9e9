package journey.fuzz;

import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds answers to what plain ND4J or Deeplearning4j says in 64 bits. */
public final class Answer {

  private Answer() {}

  /** An array of 64 bits, for plain ND4J. */
  public static INDArray inDouble(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c');
  }

  /**
   * Requires the same numbers.
   *
   * @param arrays where they come from; if there was something odd among them, an answer may also
   *     be not finite
   * @param expected if it cannot be given, there must be no answer either
   * @param tolerance of the difference's length, relative to the length of what is expected
   */
  public static void mustAgree(
      RandomArrays arrays, Supplier<INDArray> expected, INDArray found, double tolerance) {
    if (found.isEmpty()) {
      return;
    }
    INDArray plain;
    try {
      plain = expected.get();
    } catch (RuntimeException e) {
      throw new AssertionError("answered " + found + ", where plain ND4J refuses", e);
    }
    double[] e = plain.castTo(DataType.DOUBLE).ravel().toDoubleVector();
    double[] a = found.castTo(DataType.DOUBLE).ravel().toDoubleVector();
    if (e.length != a.length) {
      throw new AssertionError("%d numbers instead of %d".formatted(a.length, e.length));
    }
    double difference = 0;
    double length = 0;
    for (int i = 0; i < e.length; i++) {
      if (arrays.odd() && !Double.isFinite(a[i])) {
        continue;
      }
      if (Double.isFinite(e[i])) {
        difference += (a[i] - e[i]) * (a[i] - e[i]);
        length += e[i] * e[i];
      } else if (Double.isFinite(a[i])) {
        throw new AssertionError("number %d is %s instead of %s".formatted(i, a[i], e[i]));
      }
    }
    if (!(Math.sqrt(difference) <= tolerance * (Math.sqrt(length) + 1))) {
      throw new AssertionError(
          "off by %s of %s: %s instead of %s"
              .formatted(Math.sqrt(difference), Math.sqrt(length), found, plain));
    }
  }
}
