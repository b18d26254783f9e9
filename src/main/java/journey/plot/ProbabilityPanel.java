package journey.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/** The probability of each class as a bar from 0 to 1, the answer's in a darker colour. */
record ProbabilityPanel(Reading reading, List<String> names) implements Panel {

  static final Color ANSWER = Theme.TRAIN;
  static final Color OTHER = new Color(0x9CC8E3);

  private static final int NUMBER = 38;

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Panel.title(g, "probabilities");
    double[] probabilities = reading.probabilities();
    int left =
        2 * MARGIN + names.stream().mapToInt(n -> Theme.width(n, Theme.PLAIN)).max().orElse(0);
    int whole = width - left - NUMBER - MARGIN;
    int row = (height - TOP) / names.size();
    for (int c = 0; c < names.size(); c++) {
      int y = TOP + c * row;
      int base = y + row / 2 + 4;
      boolean isTrue = c == reading.label();
      g.setFont(isTrue ? Theme.BOLD : Theme.PLAIN);
      g.setColor(isTrue ? Theme.VALIDATION : Theme.TEXT);
      g.drawString(names.get(c), MARGIN, base);
      g.setColor(Theme.GRID);
      g.fillRect(left, y + 1, whole, row - 4);
      g.setColor(c == reading.answer() ? ANSWER : OTHER);
      g.fillRect(left, y + 1, (int) Math.round(whole * probabilities[c]), row - 4);
      g.setFont(Theme.SMALL);
      g.setColor(Theme.TEXT);
      g.drawString(String.format(Locale.ROOT, "%.3f", probabilities[c]), left + whole + 6, base);
    }
  }
}
