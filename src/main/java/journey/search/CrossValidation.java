package journey.search;

import java.io.Serializable;
import journey.metrics.Estimate;

/**
 * The mean score over the folds of k-fold cross-validation: each fold is the validation part once.
 *
 * <pre>{@code
 * new CrossValidation(folds.count(),
 *     (trial, fold) -> accuracy(train(folds.train(fold), trial), folds.validation(fold)))
 * }</pre>
 *
 * <p>The interval is Student's t over the folds. Their trainings share most of their examples, so
 * it tells how much the score varies from fold to fold, and is narrower than the truth.
 *
 * @param folds the number of folds, k
 * @see <a href="https://jmlr.org/papers/v5/grandvalet04a.html">Y. Bengio, Y. Grandvalet, No
 *     Unbiased Estimator of the Variance of K-Fold Cross-Validation, JMLR 5 (2004)</a>
 */
public record CrossValidation(int folds, Fold fold) implements Objective {

  /**
   * @throws IllegalArgumentException if there are fewer than two folds
   */
  public CrossValidation {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "cross-validation needs at least 2 folds, but there are " + folds);
    }
  }

  /** Learns from all folds but one. */
  @FunctionalInterface
  public interface Fold extends Serializable {

    /**
     * Tries parameters on one fold.
     *
     * @param fold the fold that is the validation part, from 0
     * @return the score on that fold; NaN if the training diverged
     */
    double score(Suggestion suggestion, int fold) throws Exception;
  }

  @Override
  public Estimate evaluate(Suggestion suggestion) throws Exception {
    double[] scores = new double[folds];
    for (int i = 0; i < folds; i++) {
      scores[i] = fold.score(suggestion, i);
      if (!Double.isFinite(scores[i])) {
        return new Estimate(scores[i], i + 1, null);
      }
    }
    return Estimate.mean(scores);
  }
}
