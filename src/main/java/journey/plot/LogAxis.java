package journey.plot;

import org.knowm.xchart.style.AxesChartStyler;

/**
 * A logarithmic axis: the numbers drawn are exponents of 10, with a tick at whole ones. XChart's
 * own logarithmic axis omits the labels where there are many decades and has none where there is
 * less than one.
 *
 * @param low the exponent at which it begins
 * @param high the exponent at which it ends, above {@code low}
 */
record LogAxis(int low, int high) {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final int NARROWEST_TICK = 28;

  /** The axis of whole decades that holds these exponents. */
  static LogAxis around(double lowest, double highest) {
    int low = (int) Math.floor(lowest);
    return new LogAxis(low, Math.max(low + 1, (int) Math.ceil(highest)));
  }

  /** Makes it the vertical axis of a chart, about this many pixels long. */
  void vertical(AxesChartStyler styler, int pixels) {
    styler.setYAxisMin((double) low).setYAxisMax((double) high);
    styler.setYAxisTickMarkSpacingHint(spacing(pixels));
    styler.setYAxisTickLabelsFormattingFunction(LogAxis::power);
  }

  /** Makes it the horizontal axis of a chart, about this many pixels long. */
  void horizontal(AxesChartStyler styler, int pixels) {
    styler.setXAxisMin((double) low).setXAxisMax((double) high);
    styler.setXAxisTickMarkSpacingHint(spacing(pixels));
    styler.setXAxisTickLabelsFormattingFunction(LogAxis::power);
  }

  private int spacing(int pixels) {
    return Math.max(NARROWEST_TICK, Theme.tickSpacing(pixels, high - low));
  }

  /** Such as 10⁻³; nothing between whole exponents. */
  static String power(double exponent) {
    if (exponent != Math.rint(exponent)) {
      return "";
    }
    var text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Integer.toString(Math.abs((int) exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }
}
