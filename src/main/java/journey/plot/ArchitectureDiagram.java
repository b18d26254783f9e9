package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * Convolutional networks, a row for each, from the picture on the left to the classes on the right.
 * A blue block is a convolution: as high as its maps, and the wider, the more of them there are.
 * Orange bars are poolings, a plus is a sum with an earlier layer, green blocks are dense layers.
 * Below a block stands the number of its maps or outputs, and the side of the maps where it
 * changes. What is frozen is grey. Batch norms, activations and the like are left out.
 *
 * <pre>{@code
 * ArchitectureDiagram.of().network("basic CNN", NetworkSummary.table(graph, shape)).draw()
 * }</pre>
 */
public final class ArchitectureDiagram {

  private static final int ROW = 124;
  private static final int NAMES = 140;
  private static final int GAP = 13;
  private static final int BAR = 6;
  private static final double PIXEL = 2;
  private static final int DENSE_HEIGHT = 40;
  private static final String FROZEN = ", frozen";

  private final Map<String, Table> networks = new LinkedHashMap<>();

  private ArchitectureDiagram() {}

  /** A diagram without networks. */
  public static ArchitectureDiagram of() {
    return new ArchitectureDiagram();
  }

  /**
   * Adds a network.
   *
   * @param layers a row for each layer, with the columns kind and output shape, such as {@code
   *     convolution 3x3} and {@code 64 x 32 x 32}
   * @return this diagram
   * @throws IllegalArgumentException if a column is not there
   */
  public ArchitectureDiagram network(String name, Table layers) {
    if (!layers.columnNames().containsAll(Arrays.asList("kind", "output shape"))) {
      throw new IllegalArgumentException(
          "expected the columns \"kind\" and \"output shape\" in the layers of \"%s\", but found %s"
              .formatted(name, layers.columnNames()));
    }
    networks.put(name, layers);
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no network
   */
  public BufferedImage draw() {
    if (networks.isEmpty()) {
      throw new IllegalStateException("no network to draw: add one first");
    }
    BufferedImage image = Theme.blank(Theme.WIDTH, ROW * networks.size());
    Graphics2D g = Theme.pen(image);
    int middle = 52;
    for (Map.Entry<String, Table> network : networks.entrySet()) {
      g.setColor(Theme.TEXT);
      g.setFont(Theme.BOLD);
      g.drawString(network.getKey(), 8, middle + 5);
      drawLayers(g, network.getValue(), middle);
      middle += ROW;
    }
    g.dispose();
    return image;
  }

  private static void drawLayers(Graphics2D g, Table layers, int middle) {
    int x = NAMES;
    int side = 0;
    for (int row = 0; row < layers.rowCount(); row++) {
      String inFull = layers.stringColumn("kind").get(row);
      String kind = inFull.replace(FROZEN, "");
      boolean frozen = !kind.equals(inFull);
      int[] shape = shape(layers.stringColumn("output shape").get(row));
      if (kind.startsWith("convolution")) {
        int width = width(shape[0]);
        String below = shape[1] == side ? "" : shape[1] + "×" + shape[2];
        side = shape[1];
        block(g, x, middle, width, (int) (PIXEL * side), frozen ? Theme.REFERENCE : Theme.TRAIN);
        label(g, x + width / 2, middle + 32, Integer.toString(shape[0]), below);
        x += width + GAP;
      } else if (kind.contains("pooling")) {
        block(
            g,
            x,
            middle,
            BAR,
            (int) (PIXEL * Math.max(4, shape[1])),
            frozen ? Theme.REFERENCE : Theme.VALIDATION);
        x += BAR + GAP;
      } else if (kind.equals("add")) {
        g.setColor(Theme.TEXT);
        g.setFont(Theme.BOLD);
        Theme.centred(g, "+", x + 2, middle + 5);
        x += BAR + GAP;
      } else if (kind.equals("dense") || kind.startsWith("output")) {
        block(g, x, middle, 2 * BAR, DENSE_HEIGHT, frozen ? Theme.REFERENCE : Theme.TEST);
        label(g, x + BAR, middle + 32, Integer.toString(shape[0]), "");
        x += 2 * BAR + 2 * GAP;
      }
    }
  }

  /** The area of a block's end grows with the number of its maps. */
  private static int width(int maps) {
    return (int) Math.round(8 + 2.2 * Math.sqrt(maps));
  }

  private static int[] shape(String text) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(" x ")).mapToInt(Integer::parseInt).toArray();
  }

  private static void block(Graphics2D g, int x, int middle, int width, int height, Color colour) {
    g.setColor(ColourScale.between(Color.WHITE, colour, .35));
    g.fillRect(x, middle - height / 2, width, height);
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.5f));
    g.drawRect(x, middle - height / 2, width, height);
  }

  private static void label(Graphics2D g, int x, int bottom, String count, String side) {
    g.setColor(Theme.TEXT);
    g.setFont(Theme.SMALL);
    Theme.centred(g, count, x, bottom + 16);
    g.setColor(Theme.QUIET_TEXT);
    Theme.centred(g, side, x, bottom + 31);
  }
}
