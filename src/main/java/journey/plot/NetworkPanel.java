package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The network at work: of the inputs and of each layer the neurons with the largest activations,
 * the darker, the larger; between them how much flows, activation times weight, red where it raises
 * the next neuron's sum and blue where it lowers it. Three dots stand for the neurons not shown.
 */
record NetworkPanel(Reading reading, List<Weights> weights, List<String> names) implements Panel {

  /** The most neurons of a layer that are shown. */
  static final int MOST = 15;

  private static final int RADIUS = 8;
  private static final int HEADING = 20;
  private static final int DOTS = 46;
  private static final int LEGEND = 20;

  /** Between two layers only the strongest flows are drawn: more would be a thicket. */
  private static final int FLOWS = 40;

  private record Flow(int from, int to, double share) {}

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Panel.title(g, "the network at work");
    List<int[]> shown =
        IntStream.range(0, reading.activations().size()).mapToObj(this::mostActive).toList();
    for (int layer = 0; layer < weights.size(); layer++) {
      flows(g, layer, shown, width, height);
    }
    for (int layer = 0; layer < shown.size(); layer++) {
      neurons(g, layer, shown.get(layer), width, height);
    }
    g.setFont(Theme.SMALL);
    g.setColor(Theme.QUIET_TEXT);
    Theme.centred(g, "red raises the next sum, blue lowers it", width / 2, height - 6);
  }

  /**
   * The positions of a layer's most active neurons, rising; of equally active ones those come first
   * that have more effect on the next layer.
   */
  int[] mostActive(int layer) {
    double[] a = reading.activations().get(layer);
    if (a.length <= MOST) {
      return IntStream.range(0, a.length).toArray();
    }
    double[] effects = effects(layer);
    Comparator<Integer> byActivation = Comparator.comparingDouble(i -> -Math.abs(a[i]));
    return IntStream.range(0, a.length)
        .boxed()
        .sorted(byActivation.thenComparingDouble(i -> -effects[i]))
        .limit(MOST)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** The absolute weights from each of a layer's neurons, added up; 0 for the outputs. */
  private double[] effects(int layer) {
    double[] effects = new double[reading.activations().get(layer).length];
    if (layer < weights.size()) {
      double[] values = weights.get(layer).values();
      for (int w = 0; w < values.length; w++) {
        effects[w / weights.get(layer).outputs()] += Math.abs(values[w]);
      }
    }
    return effects;
  }

  private void flows(Graphics2D g, int layer, List<int[]> shown, int width, int height) {
    double[] a = reading.activations().get(layer);
    int[] from = shown.get(layer);
    int[] to = shown.get(layer + 1);
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        flows.add(new Flow(i, j, a[from[i]] * weights.get(layer).at(from[i], to[j])));
      }
    }
    flows.sort(Comparator.comparingDouble(flow -> Math.abs(flow.share)));
    double most = Math.abs(flows.get(flows.size() - 1).share);
    for (Flow flow : flows.subList(Math.max(0, flows.size() - FLOWS), flows.size())) {
      double share = most > 0 ? flow.share / most : 0;
      g.setColor(ColourScale.diverging(share));
      g.setStroke(new BasicStroke((float) (0.6 + 1.4 * Math.abs(share))));
      g.draw(
          new Line2D.Double(
              x(layer, width),
              y(flow.from, from.length, height),
              x(layer + 1, width),
              y(flow.to, to.length, height)));
    }
  }

  private void neurons(Graphics2D g, int layer, int[] shown, int width, int height) {
    double[] a = reading.activations().get(layer);
    double most = DoubleStream.of(a).map(Math::abs).max().orElse(0);
    int x = x(layer, width);
    g.setStroke(new BasicStroke(1));
    for (int k = 0; k < shown.length; k++) {
      int y = y(k, shown.length, height);
      var circle = new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS);
      g.setColor(shade(most > 0 ? Math.abs(a[shown[k]]) / most : 0));
      g.fill(circle);
      g.setColor(Theme.REFERENCE);
      g.draw(circle);
      if (layer == weights.size()) {
        boolean isAnswer = shown[k] == reading.answer();
        g.setColor(Theme.TEXT);
        g.setFont(isAnswer ? Theme.BOLD : Theme.PLAIN);
        g.drawString(names.get(shown[k]), x + RADIUS + 6, y + 5);
      }
    }
    g.setColor(Theme.QUIET_TEXT);
    g.setFont(Theme.SMALL);
    String size = String.format(Locale.ROOT, "%,d", a.length);
    Theme.centred(g, layer == 0 ? size + " inputs" : size, x, TOP + HEADING / 2);
    if (a.length > shown.length) {
      int below = y(shown.length - 1, shown.length, height) + RADIUS;
      for (int dot = 1; dot <= 3; dot++) {
        g.fill(new Ellipse2D.Double(x - 1.5, below + 7.0 * dot - 1.5, 3, 3));
      }
    }
  }

  /** How dark a neuron is at this share of the layer's largest activation. */
  static Color shade(double share) {
    return ConfusionHeatMap.shade(share);
  }

  private int x(int layer, int width) {
    int edge = 44;
    return edge + layer * (width - 2 * edge) / weights.size();
  }

  /** Evenly spaced, with all layers in the middle of the panel's height. */
  private static int y(int k, int count, int height) {
    int top = TOP + HEADING + RADIUS;
    int bottom = height - LEGEND - DOTS / 2 - RADIUS;
    double distance = (double) (bottom - top) / (MOST - 1);
    return (int) Math.round((top + bottom) / 2.0 + (k - (count - 1) / 2.0) * distance);
  }
}
