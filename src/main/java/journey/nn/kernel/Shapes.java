package journey.nn.kernel;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.stream.Stream;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Refuses arrays that do not fit each other: where ND4J would broadcast one of them, and where one
 * is written while it is still to be read.
 */
public final class Shapes {

  private Shapes() {}

  /**
   * The inputs {@code x} must be {@code [batch, inputs]} for weights {@code [inputs, outputs]}, of
   * one type, and at least one row.
   *
   * @throws IllegalArgumentException with both shapes and types, if they do not fit
   */
  public static void requireInputs(INDArray x, INDArray weights) {
    requireNonNull(x, "the inputs are null: hand over an array [batch, features]");
    MainMemory.requireOpen(x);
    if (x.rank() != 2
        || x.size(0) == 0
        || x.size(1) != weights.size(0)
        || x.dataType() != weights.dataType()) {
      throw new IllegalArgumentException(
          "the weights are %s and take inputs %s [batch, %d] of one row or more, but the inputs are %s"
              .formatted(describe(weights), weights.dataType(), weights.size(0), describe(x)));
    }
  }

  /**
   * How many examples these matrices hold, one in each row: all as many, and at least one.
   *
   * @throws IllegalArgumentException with all shapes, if it is not so
   */
  public static int examples(INDArray... matrices) {
    for (INDArray matrix : matrices) {
      requireNonNull(matrix, "examples are null: hand over an array with a row for each");
      if (matrix.rank() != 2 || matrix.isEmpty() || matrix.size(0) != matrices[0].size(0)) {
        throw new IllegalArgumentException(
            "expected matrices with a row for each example, at least one and all as many, but found"
                + " "
                + Stream.of(matrices).map(Shapes::describe).toList());
      }
    }
    return Math.toIntExact(matrices[0].size(0));
  }

  /**
   * Targets must have the shape and the type of the network's outputs, {@code [batch, outputs]}.
   *
   * @throws IllegalArgumentException with both shapes and types, if they are not
   */
  public static void requireSame(INDArray outputs, INDArray targets) {
    requireNonNull(targets, "the targets are null: hand over an array [batch, outputs]");
    MainMemory.requireOpen(targets);
    if (!outputs.equalShapes(targets) || outputs.dataType() != targets.dataType()) {
      throw new IllegalArgumentException(
          "the targets must have the outputs' shape and type, %s, but they are %s"
              .formatted(describe(outputs), describe(targets)));
    }
  }

  /**
   * For what is computed element by element: one shape, one type, and no parts of one array that
   * lie over each other.
   */
  static void requireElementwise(INDArray x, INDArray y) {
    if (!x.equalShapes(y)) {
      throw new IllegalArgumentException(
          "%s and %s are not of one shape".formatted(describe(x), describe(y)));
    }
    requireFractions(x, y);
    MainMemory.requireNotEntangled(x, y);
  }

  /** One type for all, and one of numbers with fractions: others would cut them off. */
  static void requireFractions(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array.dataType() != arrays[0].dataType() || !array.dataType().isFPType()) {
        throw new IllegalArgumentException(
            "expected arrays of one type, FLOAT or DOUBLE, but found %s; cast them by castTo"
                .formatted(Stream.of(arrays).map(Shapes::describe).toList()));
      }
    }
  }

  /** Type and shape, for messages: {@code FLOAT [64, 10]}. */
  public static String describe(INDArray array) {
    return array.dataType() + " " + Arrays.toString(array.shape());
  }
}
