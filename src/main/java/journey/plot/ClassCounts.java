package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The number of examples of each class, as bars with count and share. */
public final class ClassCounts {

  private static final int BAR = 22;
  private static final int ROW = 30;
  private static final int MARGIN = 14;
  private static final int HEADING = 40;

  private final String title;
  private final List<String> classNames;
  private final int[] counts;

  private ClassCounts(String title, List<String> classNames, int[] counts) {
    this.title = title;
    this.classNames = classNames;
    this.counts = counts;
  }

  /**
   * A bar for each class.
   *
   * @param title what was counted
   * @param classNames the name of each class
   * @param counts the number of examples of each
   * @throws IllegalArgumentException if there is not one count for each class, or none at all
   */
  public static ClassCounts of(String title, List<String> classNames, int[] counts) {
    if (counts.length != classNames.size() || Arrays.stream(counts).allMatch(n -> n == 0)) {
      throw new IllegalArgumentException(
          "%d classes need as many counts, not all of them 0, but the counts are %s"
              .formatted(classNames.size(), Arrays.toString(counts)));
    }
    return new ClassCounts(title, List.copyOf(classNames), counts.clone());
  }

  /** The picture. */
  public BufferedImage draw() {
    long total = Arrays.stream(counts).asLongStream().sum();
    int left =
        2 * MARGIN + classNames.stream().mapToInt(n -> Theme.width(n, Theme.PLAIN)).max().orElse(0);
    int longest = Theme.WIDTH - left - MARGIN - Theme.width("50,000 (100.0 %) ", Theme.PLAIN);
    int most = Arrays.stream(counts).max().orElse(1);
    BufferedImage image = Theme.blank(Theme.WIDTH, HEADING + ROW * counts.length + MARGIN);
    Graphics2D g = Theme.pen(image);
    g.setFont(Theme.BOLD);
    g.drawString(title, MARGIN, 24);
    g.setFont(Theme.PLAIN);
    for (int c = 0; c < counts.length; c++) {
      int y = HEADING + c * ROW;
      int base = y + BAR / 2 + 5;
      int length = (int) Math.round((double) longest * counts[c] / most);
      String name = classNames.get(c);
      g.setColor(Theme.ofClass(c));
      g.fillRect(left, y, length, BAR);
      g.setColor(Theme.TEXT);
      g.drawString(name, left - MARGIN / 2 - g.getFontMetrics().stringWidth(name), base);
      double percent = 100.0 * counts[c] / total;
      String text = String.format(Locale.ROOT, "%,d (%.1f %%)", counts[c], percent);
      g.drawString(text, left + length + 6, base);
    }
    g.dispose();
    return image;
  }
}
