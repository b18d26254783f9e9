package journey.plot;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The mean and the largest activation of the inputs and of each layer, as bars.
 *
 * @param end the activation that the longest possible bar stands for, the same for all
 */
record ActivityPanel(Reading reading, double end) implements Panel {

  private static final int NAME = 52;
  private static final int NUMBER = 36;
  private static final int BAR = 11;

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Panel.title(g, "mean, largest activation");
    List<double[]> activations = reading.activations();
    int row = (height - TOP) / activations.size();
    for (int layer = 0; layer < activations.size(); layer++) {
      DoubleStream values = DoubleStream.of(activations.get(layer));
      var statistics = values.summaryStatistics();
      int y = TOP + layer * row;
      g.setColor(Theme.TEXT);
      g.setFont(Theme.SMALL);
      g.drawString(name(layer, activations.size() - 1), MARGIN, y + row / 2 + 2);
      bar(g, y, statistics.getAverage(), width, true);
      bar(g, y + BAR + 2, statistics.getMax(), width, false);
    }
  }

  private void bar(Graphics2D g, int y, double value, int width, boolean isMean) {
    int left = MARGIN + NAME;
    int whole = width - left - NUMBER - MARGIN;
    g.setColor(Theme.GRID);
    g.fillRect(left, y, whole, BAR);
    g.setColor(isMean ? ProbabilityPanel.ANSWER : ProbabilityPanel.OTHER);
    g.fillRect(left, y, (int) Math.round(whole * Math.max(0, Math.min(1, value / end))), BAR);
    g.setColor(Theme.TEXT);
    g.drawString(String.format(Locale.ROOT, "%.2f", value), left + whole + 6, y + BAR - 1);
  }

  private static String name(int layer, int last) {
    if (layer == 0) {
      return "inputs";
    }
    return layer == last ? "outputs" : "layer " + layer;
  }
}
