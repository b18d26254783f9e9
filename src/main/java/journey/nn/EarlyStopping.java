package journey.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Remembers the parameters of the best epoch, and says when none has been better for long. */
public final class EarlyStopping {

  private final List<Parameter> parameters;
  private final int patience;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int bestEpoch;
  private List<INDArray> bestValues = List.of();

  /** For all parameters of a network; see the other constructor. */
  public EarlyStopping(Network network, int patience) {
    this(network.parameters(), patience);
  }

  /**
   * @param parameters what to remember
   * @param patience the number of epochs without a better score after which to stop, at least 1
   * @throws IllegalArgumentException if the patience is less
   */
  public EarlyStopping(List<Parameter> parameters, int patience) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1, but it is " + patience);
    }
    this.parameters = List.copyOf(parameters);
    this.patience = patience;
  }

  /**
   * Takes note of an epoch's score, such as the validation accuracy; larger is better.
   *
   * @return whether to go on
   */
  public boolean goOnAfter(int epoch, double score) {
    if (score > bestScore) {
      bestScore = score;
      bestEpoch = epoch;
      bestValues = parameters.stream().map(parameter -> parameter.value().dup()).toList();
    }
    return epoch - bestEpoch < patience;
  }

  /** Gives the parameters the values of the best epoch back; does nothing if there was none. */
  public void restoreBest() {
    for (int i = 0; i < bestValues.size(); i++) {
      parameters.get(i).value().assign(bestValues.get(i));
    }
  }

  /** The epoch with the best score, 0 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The best score. */
  public double bestScore() {
    return bestScore;
  }
}
