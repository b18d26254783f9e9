package journey.data;

/**
 * Otsu's threshold: where two kinds of values, such as ink and paper, are told apart best.
 *
 * @see <a href="https://doi.org/10.1109/TSMC.1979.4310076">N. Otsu, A Threshold Selection Method
 *     from Gray-Level Histograms, 1979</a>, equation 18
 */
final class Otsu {

  private Otsu() {}

  /**
   * The level at or below which a value belongs to the lower kind: the one with the largest
   * variance between the two.
   *
   * @param values from 0 to 255
   */
  static int threshold(int[] values) {
    long[] counts = new long[LabeledImages.LEVELS];
    double sum = 0;
    for (int value : values) {
      counts[value]++;
      sum += value;
    }
    int threshold = 0;
    double best = 0;
    double below = 0;
    double sumBelow = 0;
    for (int level = 0; level < counts.length; level++) {
      below += counts[level];
      sumBelow += (double) level * counts[level];
      double above = values.length - below;
      if (below > 0 && above > 0) {
        double apart = sumBelow / below - (sum - sumBelow) / above;
        double between = below * above * apart * apart;
        if (between > best) {
          best = between;
          threshold = level;
        }
      }
    }
    return threshold;
  }
}
