package journey.plot;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How often each class was taken for each so far, and the share that was right. */
record ConfusionPanel(int[][] counts, List<String> names) implements Panel {

  private static final int HEADING = 18;
  private static final int LINE = 24;

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Panel.title(g, "row: is, column: said");
    int n = counts.length;
    int left =
        MARGIN + 6 + names.stream().mapToInt(c -> Theme.width(c, Theme.SMALL)).max().orElse(0);
    int top = TOP + HEADING;
    int cell = Math.min((width - left - MARGIN) / n, (height - top - LINE) / n);
    g.setFont(Theme.SMALL);
    for (int row = 0; row < n; row++) {
      int total = Arrays.stream(counts[row]).sum();
      int base = top + row * cell + cell / 2 + 5;
      g.setColor(Theme.TEXT);
      g.drawString(names.get(row), MARGIN, base);
      Theme.centred(g, names.get(row), left + row * cell + cell / 2, TOP + HEADING - 6);
      for (int column = 0; column < n; column++) {
        double share = total == 0 ? 0 : (double) counts[row][column] / total;
        int x = left + column * cell;
        g.setColor(ConfusionHeatMap.shade(share));
        g.fillRect(x, top + row * cell, cell - 1, cell - 1);
        if (counts[row][column] > 0) {
          g.setColor(ConfusionHeatMap.textOn(share));
          Theme.centred(g, Integer.toString(counts[row][column]), x + cell / 2, base);
        }
      }
    }
    int all = Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
    int right = IntStream.range(0, n).map(c -> counts[c][c]).sum();
    g.setColor(Theme.TEXT);
    g.setFont(Theme.PLAIN);
    g.drawString(
        String.format(Locale.ROOT, "%,d of %,d right: %.1f %%", right, all, 100.0 * right / all),
        MARGIN,
        top + n * cell + LINE - 8);
  }
}
