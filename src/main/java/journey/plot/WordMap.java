package journey.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Words in a plane, each at its place, in the colour of its group. Both axes have one scale, so
 * that distances are what they look like. Where words would cover each other, the one added later
 * has only its dot.
 *
 * <pre>{@code
 * WordMap.of("first component", "second component").add("days", words, x, y).draw()
 * }</pre>
 */
public final class WordMap {

  private static final int HEIGHT = 520;
  private static final int MARGIN = 54;
  private static final int LEGEND = 34;
  private static final int DOT = 6;

  private final String xName;
  private final String yName;
  private final List<Group> groups = new ArrayList<>();

  private record Group(String name, List<String> words, double[] x, double[] y) {}

  private WordMap(String xName, String yName) {
    this.xName = xName;
    this.yName = yName;
  }

  /** No words yet; the names of the axes. */
  public static WordMap of(String xName, String yName) {
    return new WordMap(xName, yName);
  }

  /**
   * Adds words, in the next colour.
   *
   * @param group what they have in common
   * @param x the place of each, from left to right
   * @param y the place of each, from the bottom to the top
   * @return this map
   * @throws IllegalArgumentException if there are no words, or not one finite place for each, the
   *     group is there already, or there are more groups than colours
   */
  public WordMap add(String group, List<String> words, double[] x, double[] y) {
    Curve.checkNext(groups.stream().map(Group::name).toList(), group);
    boolean finite =
        DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).allMatch(Double::isFinite);
    if (words.isEmpty() || x.length != words.size() || y.length != words.size() || !finite) {
      throw new IllegalArgumentException(
          "\"%s\" needs a finite place for each of its words %s, but they are at %s and %s"
              .formatted(group, words, Arrays.toString(x), Arrays.toString(y)));
    }
    groups.add(new Group(group, List.copyOf(words), x.clone(), y.clone()));
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added
   */
  public BufferedImage draw() {
    if (groups.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add words first");
    }
    BufferedImage image = Theme.blank(Theme.WIDTH, HEIGHT);
    Graphics2D g = Theme.pen(image);
    var plane = new Plane();
    g.setColor(Theme.GRID);
    g.drawRect(MARGIN, LEGEND, Theme.WIDTH - 2 * MARGIN, HEIGHT - LEGEND - MARGIN);
    g.setColor(Theme.TEXT);
    Theme.centred(g, xName, Theme.WIDTH / 2, HEIGHT - MARGIN / 2 + 4);
    g.rotate(-Math.PI / 2);
    Theme.centred(g, yName, -(LEGEND + HEIGHT - MARGIN) / 2, MARGIN / 2);
    g.rotate(Math.PI / 2);
    List<Rectangle> taken = new ArrayList<>();
    int legend = MARGIN;
    for (int i = 0; i < groups.size(); i++) {
      Color colour = Theme.ofGroup(i);
      g.setFont(Theme.PLAIN);
      g.setColor(colour);
      g.drawString(groups.get(i).name(), legend, LEGEND - 12);
      legend += Theme.width(groups.get(i).name(), Theme.PLAIN) + 24;
      drawWords(g, plane, groups.get(i), taken);
    }
    g.dispose();
    return image;
  }

  private static void drawWords(Graphics2D g, Plane plane, Group group, List<Rectangle> taken) {
    g.setFont(Theme.SMALL);
    for (int i = 0; i < group.words().size(); i++) {
      String word = group.words().get(i);
      int x = plane.column(group.x()[i]);
      int y = plane.row(group.y()[i]);
      g.fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
      var room = new Rectangle(x + DOT, y - 8, Theme.width(word, Theme.SMALL), 15);
      if (taken.stream().noneMatch(room::intersects)) {
        g.drawString(word, room.x, y + 4);
        taken.add(room);
      }
    }
  }

  /** Puts the words into the frame: right of the last ones there is room for them to be read. */
  private final class Plane {

    private final double left = lowest(groups.stream().flatMapToDouble(g -> Arrays.stream(g.x())));
    private final double bottom =
        lowest(groups.stream().flatMapToDouble(g -> Arrays.stream(g.y())));
    private final double pixels;

    private Plane() {
      double width = highest(groups.stream().flatMapToDouble(g -> Arrays.stream(g.x()))) - left;
      double height = highest(groups.stream().flatMapToDouble(g -> Arrays.stream(g.y()))) - bottom;
      int longest =
          groups.stream()
              .flatMap(g -> g.words().stream())
              .mapToInt(word -> Theme.width(word, Theme.SMALL))
              .max()
              .orElse(0);
      double across = Theme.WIDTH - 2 * MARGIN - 30 - longest;
      double up = HEIGHT - LEGEND - MARGIN - 30;
      this.pixels = Math.min(across / Math.max(width, 1e-9), up / Math.max(height, 1e-9));
    }

    private int column(double x) {
      return (int) Math.round(MARGIN + 15 + (x - left) * pixels);
    }

    private int row(double y) {
      return (int) Math.round(HEIGHT - MARGIN - 15 - (y - bottom) * pixels);
    }

    private static double lowest(DoubleStream places) {
      return places.min().orElseThrow();
    }

    private static double highest(DoubleStream places) {
      return places.max().orElseThrow();
    }
  }
}
