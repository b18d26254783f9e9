package journey.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each class was taken for each: a row for each true class, a column for each predicted
 * one. Each cell holds the count and its share of the row, and is darker where the share is larger.
 * The diagonal shows each class's recall.
 */
public final class ConfusionHeatMap {

  private static final Color LIGHTEST = new Color(0xF4F8FC);
  private static final Color DARKEST = new Color(0x084594);
  private static final int MARGIN = 14;
  private static final int HEADING = 58;
  private static final int FEW = 4;

  private final int[][] counts;
  private final List<String> classNames;
  private final Font namesAbove;
  private final int left;
  private final int cellWidth;
  private final int cellHeight;

  private ConfusionHeatMap(int[][] counts, List<String> classNames) {
    this.counts = counts;
    this.classNames = classNames;
    int widestName =
        classNames.stream().mapToInt(name -> Theme.width(name, Theme.PLAIN)).max().orElse(0);
    boolean few = counts.length <= FEW;
    this.left = MARGIN + 24 + widestName + 10;
    this.namesAbove = few ? Theme.PLAIN : Theme.SMALL;
    this.cellWidth =
        Math.max(
            few ? 150 : 60,
            (few ? 6 : 2)
                + classNames.stream().mapToInt(n -> Theme.width(n, namesAbove)).max().orElse(0));
    this.cellHeight = few ? 84 : 44;
  }

  /**
   * The heat map of these counts.
   *
   * @param counts how often class {@code [i]} was taken for class {@code [j]}
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there is not one row and one column for each class
   */
  public static ConfusionHeatMap of(int[][] counts, List<String> classNames) {
    int n = classNames.size();
    boolean square = counts.length == n && Arrays.stream(counts).allMatch(row -> row.length == n);
    if (n == 0 || !square) {
      throw new IllegalArgumentException(
          "%d classes need %d rows of %d counts, but the counts are %s"
              .formatted(n, n, n, Arrays.deepToString(counts)));
    }
    return new ConfusionHeatMap(counts, List.copyOf(classNames));
  }

  /** The picture. */
  public BufferedImage draw() {
    int n = counts.length;
    int width = left + n * cellWidth + MARGIN;
    int height = HEADING + n * cellHeight + MARGIN;
    BufferedImage image = Theme.blank(width, height);
    Graphics2D g = Theme.pen(image);
    drawAxes(g);
    for (int row = 0; row < n; row++) {
      int total = Arrays.stream(counts[row]).sum();
      for (int column = 0; column < n; column++) {
        drawCell(g, row, column, total);
      }
    }
    g.dispose();
    return image;
  }

  private void drawAxes(Graphics2D g) {
    int n = counts.length;
    g.setFont(Theme.BOLD);
    Theme.centred(g, "predicted", left + n * cellWidth / 2, 22);
    AffineTransform upright = g.getTransform();
    g.rotate(-Math.PI / 2);
    Theme.centred(g, "true", -(HEADING + n * cellHeight / 2), MARGIN + 10);
    g.setTransform(upright);
    for (int c = 0; c < n; c++) {
      String name = classNames.get(c);
      g.setFont(namesAbove);
      Theme.centred(g, name, left + c * cellWidth + cellWidth / 2, HEADING - 10);
      g.setFont(Theme.PLAIN);
      int base = HEADING + c * cellHeight + cellHeight / 2 + 5;
      g.drawString(name, left - 10 - g.getFontMetrics().stringWidth(name), base);
    }
  }

  private void drawCell(Graphics2D g, int row, int column, int total) {
    int count = counts[row][column];
    double share = total == 0 ? 0 : (double) count / total;
    int x = left + column * cellWidth;
    int y = HEADING + row * cellHeight;
    g.setColor(shade(share));
    g.fillRect(x, y, cellWidth - 1, cellHeight - 1);
    g.setColor(textOn(share));
    boolean few = counts.length <= FEW;
    g.setFont(few ? Theme.BOLD.deriveFont(20f) : Theme.PLAIN);
    int middle = y + cellHeight / 2;
    Theme.centred(g, String.format(Locale.ROOT, "%,d", count), x + cellWidth / 2, middle - 2);
    g.setFont(few ? Theme.PLAIN : Theme.SMALL);
    Theme.centred(g, percentage(share, total, few), x + cellWidth / 2, middle + (few ? 20 : 14));
  }

  static Color shade(double share) {
    return ColourScale.between(LIGHTEST, DARKEST, share);
  }

  /** The text's colour on a shade: white from where it has more contrast than the dark one. */
  static Color textOn(double share) {
    return share < 2.0 / 3 ? Theme.TEXT : Color.WHITE;
  }

  private static String percentage(double share, int total, boolean few) {
    return total == 0 ? "–" : String.format(Locale.ROOT, few ? "%.1f %%" : "%.0f %%", 100 * share);
  }
}
