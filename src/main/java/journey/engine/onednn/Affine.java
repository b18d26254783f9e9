package journey.engine.onednn;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Weights of a convolution or a dense layer, and what is done to its results.
 *
 * @param weights the position of the first weight among all parameters
 * @param bias the position of the first bias, if there are any
 * @param norm the batch norm that follows and is folded into the weights; inference only
 * @param function the activation function that follows and is fused; inference only
 */
public record Affine(
    long weights, OptionalLong bias, Optional<BatchNorm> norm, Optional<Nonlinearity> function) {

  /** Weights alone. */
  public static Affine of(long weights, OptionalLong bias) {
    return new Affine(weights, bias, Optional.empty(), Optional.empty());
  }

  /** Whether what follows can be done with it at once. */
  boolean takes(Piece next) {
    return function.isEmpty()
        && (next instanceof Elementwise || next instanceof BatchNorm && norm.isEmpty());
  }

  Affine with(Piece next) {
    return next instanceof BatchNorm folded
        ? new Affine(weights, bias, Optional.of(folded), function)
        : new Affine(weights, bias, norm, Optional.of(((Elementwise) next).function()));
  }

  /** Weights and bias, as they are or with the batch norm folded in. */
  Loaded load(Stage stage, Layout layout) {
    long outputs = layout.size(0);
    Tensor weight = stage.parameter(weights, layout);
    Tensor offset = bias.isPresent() ? stage.parameters(bias.getAsLong(), outputs) : null;
    return norm.map(folded -> folded.fold(stage, weight, offset))
        .orElseGet(() -> new Loaded(weight, offset));
  }

  /** What a primitive gets; the bias may be null. */
  record Loaded(Tensor weights, Tensor bias) {}
}
