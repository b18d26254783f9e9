package journey.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import journey.metrics.Estimate;

/**
 * Shares, or differences between shares, one in each row: a point, its 95 % interval as a line, and
 * a grey mark at its reference, if it has one. The axis covers only the range of these numbers.
 *
 * <pre>{@code
 * IntervalFigure.of("accuracy").reference("before").row("cat", cat, 0.73).draw()
 * }</pre>
 */
public final class IntervalFigure {

  private static final int ROW = 30;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int MARGIN = 14;
  private static final int DOT = 10;
  private static final int MARK = 18;
  private static final double[] STEPS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2};
  private static final int MOST_TICKS = 11;

  private final String what;
  private final List<Row> rows = new ArrayList<>();
  private String referenceName;

  private record Row(String name, Estimate estimate, Double reference) {

    DoubleStream extent() {
      DoubleStream own =
          estimate.interval() == null
              ? DoubleStream.of(estimate.value())
              : DoubleStream.of(estimate.interval().low(), estimate.interval().high());
      return reference == null ? own : DoubleStream.concat(own, DoubleStream.of(reference));
    }
  }

  private IntervalFigure(String what) {
    this.what = what;
  }

  /** A figure without rows; {@code what} was measured and stands at the axis. */
  public static IntervalFigure of(String what) {
    return new IntervalFigure(what);
  }

  /**
   * Names the grey marks in the legend.
   *
   * @return this figure
   */
  public IntervalFigure reference(String name) {
    this.referenceName = name;
    return this;
  }

  /**
   * Adds a row without a mark.
   *
   * @return this figure
   * @throws IllegalArgumentException if the estimate is not defined
   */
  public IntervalFigure row(String name, Estimate estimate) {
    return add(new Row(name, estimate, null));
  }

  /**
   * Adds a row.
   *
   * @param reference the place of its grey mark
   * @return this figure
   * @throws IllegalArgumentException if the estimate is not defined
   */
  public IntervalFigure row(String name, Estimate estimate, double reference) {
    return add(new Row(name, estimate, reference));
  }

  private IntervalFigure add(Row row) {
    if (!row.estimate().isDefined()) {
      throw new IllegalArgumentException(
          "\"%s\" is not defined, so there is nothing to draw".formatted(row.name()));
    }
    rows.add(row);
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no row
   */
  public BufferedImage draw() {
    if (rows.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a row first");
    }
    var axis = new Axis();
    BufferedImage image = Theme.blank(Theme.WIDTH, TOP + ROW * rows.size() + BOTTOM);
    Graphics2D g = Theme.pen(image);
    drawLegend(g, axis);
    drawAxis(g, axis);
    for (int i = 0; i < rows.size(); i++) {
      drawRow(g, axis, rows.get(i), TOP + i * ROW + ROW / 2);
    }
    g.dispose();
    return image;
  }

  private void drawLegend(Graphics2D g, Axis axis) {
    if (referenceName == null) {
      return;
    }
    drawMark(g, axis.left + 4, 16);
    g.setColor(Theme.TEXT);
    g.drawString(referenceName, axis.left + 14, 21);
  }

  private void drawAxis(Graphics2D g, Axis axis) {
    int bottom = TOP + ROW * rows.size();
    g.setFont(Theme.SMALL);
    for (long k = Math.round(axis.low / axis.step); k <= Math.round(axis.high / axis.step); k++) {
      double tick = k * axis.step;
      g.setColor(Theme.GRID);
      g.drawLine(axis.x(tick), TOP, axis.x(tick), bottom);
      g.setColor(Theme.QUIET_TEXT);
      String text = String.format(Locale.ROOT, axis.step < 0.01 ? "%.3f" : "%.2f", tick);
      Theme.centred(g, text, axis.x(tick), bottom + 16);
    }
    g.setColor(Theme.TEXT);
    g.setFont(Theme.PLAIN);
    Theme.centred(g, what, (axis.left + axis.right) / 2, bottom + 36);
  }

  private static void drawRow(Graphics2D g, Axis axis, Row row, int y) {
    g.setColor(Theme.TEXT);
    int width = g.getFontMetrics().stringWidth(row.name());
    g.drawString(row.name(), axis.left - 10 - width, y + 5);
    if (row.reference() != null) {
      drawMark(g, axis.x(row.reference()), y);
    }
    Estimate estimate = row.estimate();
    g.setColor(Theme.TRAIN);
    if (estimate.interval() != null) {
      g.setStroke(new BasicStroke(2));
      g.drawLine(axis.x(estimate.interval().low()), y, axis.x(estimate.interval().high()), y);
    }
    g.fillOval(axis.x(estimate.value()) - DOT / 2, y - DOT / 2, DOT, DOT);
    g.setColor(Theme.TEXT);
    String text = String.format(Locale.ROOT, "%.4f", estimate.value());
    g.drawString(text, axis.right + 10, y + 5);
  }

  private static void drawMark(Graphics2D g, int x, int y) {
    g.setColor(Theme.REFERENCE);
    g.fillRect(x - 1, y - MARK / 2, 3, MARK);
  }

  /** Reaches from the step below the lowest number to the step above the highest. */
  private final class Axis {

    private final double low;
    private final double high;
    private final double step;
    private final int left =
        2 * MARGIN
            + rows.stream().mapToInt(r -> Theme.width(r.name(), Theme.PLAIN)).max().orElse(0);
    private final int right = Theme.WIDTH - MARGIN - Theme.width("0.0000 ", Theme.PLAIN) - 10;

    private Axis() {
      double least = rows.stream().flatMapToDouble(Row::extent).min().orElseThrow();
      double most = rows.stream().flatMapToDouble(Row::extent).max().orElseThrow();
      this.step =
          Arrays.stream(STEPS)
              .filter(wide -> most - least <= wide * (MOST_TICKS - 2))
              .findFirst()
              .orElse(STEPS[STEPS.length - 1]);
      this.low = Math.floor(least / step) * step;
      this.high = Math.max(low + step, Math.ceil(most / step) * step);
    }

    private int x(double value) {
      return (int) Math.round(left + (right - left) * (value - low) / (high - low));
    }
  }
}
