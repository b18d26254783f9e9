package journey.plot;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** The weights into the output that has won, in bins of equal width, with a line at zero. */
record WeightHistogramPanel(Reading reading, Weights last, List<String> names) implements Panel {

  /** An odd number, so that the middle bin lies around zero. */
  static final int BINS = 21;

  @Override
  public void paint(Graphics2D g, int width, int height) {
    String title = "weights into \"%s\"".formatted(names.get(reading.answer()));
    XYChart chart = Theme.chart(width, height, title, "weight", "count");
    // That of all outputs, so that the axis stays as it is when another one wins.
    double end = Arrays.stream(last.values()).map(Math::abs).max().orElse(0);
    end = end > 0 ? end : 1;
    int[] counts = counts(last.into(reading.answer()), end);
    int most = Arrays.stream(counts).max().orElse(1);
    var styler = chart.getStyler();
    styler.setLegendVisible(false);
    styler.setXAxisMin(-end).setXAxisMax(end).setYAxisMin(0.0).setYAxisMax(1.1 * most);
    styler.setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0");
    Theme.frame(chart, -end, end, 0);
    var bars = new Bars();
    for (int bin = 0; bin < BINS; bin++) {
      bars.add(edge(bin, end), edge(bin + 1, end), counts[bin]);
    }
    bars.draw(chart, "weights", Theme.TRAIN);
    Theme.dashed(chart, "zero", 0, 0, 0, 1.1 * most);
    chart.paint(g, width, height);
  }

  /** How many values lie in each bin; the last one's end belongs to it. */
  static int[] counts(double[] values, double end) {
    int[] counts = new int[BINS];
    for (double value : values) {
      counts[Math.min(BINS - 1, (int) ((value + end) / (2 * end) * BINS))]++;
    }
    return counts;
  }

  private static double edge(int bin, double end) {
    return -end + 2 * end * bin / BINS;
  }
}
