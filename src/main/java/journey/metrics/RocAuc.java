package journey.metrics;

import java.util.Arrays;

/**
 * The area under the ROC curve of drawn examples: the chance that a random example of class 1 got a
 * higher probability than a random example of class 0, where equal probabilities count one half.
 *
 * <p>ND4J's {@code ROC} is not used: with equal probabilities, of which a saturated sigmoid gives
 * many, its result depends on the order of the examples (0 or 1 for a constant prediction, which
 * deserves 0.5). Without ties the two agree, and a test holds them to it.
 *
 * <p>The probabilities are sorted once; each call then only counts. Not for several threads.
 *
 * @see <a href="https://doi.org/10.1148/radiology.143.1.7063747">J. A. Hanley, B. J. McNeil, The
 *     Meaning and Use of the Area under a ROC Curve, Radiology 143 (1982)</a>
 */
final class RocAuc {

  private final int[] labels;
  private final int[] ranks;
  private final long[][] countPerRank;

  RocAuc(int[] labels, double[] probabilities) {
    this.labels = labels;
    double[] distinct = Arrays.stream(probabilities).sorted().distinct().toArray();
    this.ranks =
        Arrays.stream(probabilities).mapToInt(p -> Arrays.binarySearch(distinct, p)).toArray();
    this.countPerRank = new long[2][distinct.length];
  }

  /** The area for the examples at these positions; NaN if a class is not among them. */
  double of(int[] drawn) {
    for (long[] counts : countPerRank) {
      Arrays.fill(counts, 0);
    }
    for (int i : drawn) {
      countPerRank[labels[i]][ranks[i]]++;
    }
    long below = 0;
    long positives = 0;
    double wins = 0;
    for (int rank = 0; rank < countPerRank[0].length; rank++) {
      long negatives = countPerRank[0][rank];
      wins += countPerRank[1][rank] * (below + negatives / 2.0);
      below += negatives;
      positives += countPerRank[1][rank];
    }
    return wins / ((double) below * positives);
  }
}
