package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import journey.data.Cifar10;
import journey.data.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What neurons look for: the weights of each, laid out like the picture they are multiplied by.
 *
 * <p>All neurons of a picture share one scale, so that strong weights look strong and weak ones
 * pale; the picture states it. Zero is its middle. Its ends are the magnitude that one weight in
 * 200 exceeds, so that a few large weights do not leave the others pale.
 */
public final class WeightPicture {

  /** From this many neurons on, each channel has only a few levels: noise makes files large. */
  private static final int MANY = 25;

  private static final int LEVELS = 255;
  private static final int LEVELS_OF_MANY = 7;

  private static final double SHOWN = 0.995;
  private static final int LEGEND = 34;
  private static final int LEGEND_WIDTH = 200;

  private final ImageShape shape;
  private final double[][] neurons;
  private final double end;
  private List<String> names;
  private int columns = 8;
  private int scale;

  private WeightPicture(ImageShape shape, double[][] neurons) {
    this.shape = shape;
    this.neurons = neurons;
    this.end = end(neurons);
    this.scale = neurons.length == 1 ? 6 : neurons.length <= 24 ? 3 : 2;
    this.names =
        neurons.length == 1
            ? List.of("")
            : IntStream.range(0, neurons.length).mapToObj(Integer::toString).toList();
  }

  /** Neurons over CIFAR-10's pictures; see {@link #of(INDArray, ImageShape)}. */
  public static WeightPicture of(INDArray weights) {
    return of(weights, Cifar10.SHAPE);
  }

  /**
   * The weights of one or several neurons.
   *
   * @param weights of shape {@code [features, neurons]}, the colour channels one after the other
   * @param shape the shape of the pictures
   * @throws IllegalArgumentException if the weights have another shape, or one is not finite
   */
  public static WeightPicture of(INDArray weights, ImageShape shape) {
    if (weights.rank() != 2 || weights.size(0) != shape.features()) {
      throw new IllegalArgumentException(
          "weights for pictures of %s must be of shape [%d, neurons], but are of shape %s"
              .formatted(shape, shape.features(), Arrays.toString(weights.shape())));
    }
    double[][] neurons = weights.transpose().castTo(DataType.DOUBLE).toDoubleMatrix();
    for (double[] neuron : neurons) {
      if (!Arrays.stream(neuron).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "a weight is NaN or infinite. The training has diverged: try a smaller learning rate");
      }
    }
    return new WeightPicture(shape, neurons);
  }

  /**
   * The caption of each neuron; their numbers, from 0, unless told otherwise.
   *
   * @return this picture
   * @throws IllegalArgumentException if there is not one for each neuron
   */
  public WeightPicture names(List<String> names) {
    if (names.size() != neurons.length) {
      throw new IllegalArgumentException(
          "%d neurons need as many names, but there are %d"
              .formatted(neurons.length, names.size()));
    }
    this.names = List.copyOf(names);
    return this;
  }

  /**
   * How many neurons stand in a row; eight unless told otherwise.
   *
   * @return this picture
   */
  public WeightPicture columns(int columns) {
    this.columns = columns;
    return this;
  }

  /**
   * How many times its size a neuron is shown. Unless told otherwise, six for one neuron, three for
   * up to 24, else two.
   *
   * @return this picture
   */
  public WeightPicture scale(int scale) {
    this.scale = scale;
    return this;
  }

  /**
   * Each neuron as one picture. In colour, grey is zero and a colour what the neuron looks for;
   * over grey pictures, blue is negative, white zero and red positive.
   */
  public BufferedImage colours() {
    int levels = neurons.length < MANY ? LEVELS : LEVELS_OF_MANY;
    return ImageGrid.of(Arrays.stream(neurons).map(neuron -> picture(neuron, levels)).toList())
        .captions(names::get)
        .columns(columns)
        .scale(scale)
        .title(
            neurons.length == 1 ? "" : "one scale for all, from −%1$s to +%1$s".formatted(text()))
        .draw();
  }

  /**
   * Each neuron as a row: in colour, then red, green and blue alone on a scale from - to +; over
   * grey pictures, the one channel.
   */
  public BufferedImage channels() {
    boolean grey = shape.channels() == 1;
    List<BufferedImage> pictures = new ArrayList<>();
    for (double[] neuron : neurons) {
      pictures.add(picture(neuron, LEVELS));
      for (int channel = 0; channel < shape.channels() && !grey; channel++) {
        pictures.add(oneChannel(neuron, channel));
      }
    }
    BufferedImage grid =
        ImageGrid.of(pictures)
            .columns(grey ? 1 : 1 + shape.channels())
            .columnTitles(grey ? List.of() : List.of("all three", "red", "green", "blue"))
            .rowTitles(neurons.length == 1 && names.get(0).isEmpty() ? List.of() : names)
            .scale(scale)
            .draw();
    return withLegend(grid);
  }

  private BufferedImage picture(double[] neuron, int levels) {
    if (shape.channels() == 1) {
      return oneChannel(neuron, 0);
    }
    return painted(
        p -> {
          int rgb = 0;
          for (int channel = 0; channel < shape.channels(); channel++) {
            double t = Math.max(-1, Math.min(1, neuron[channel * shape.pixels() + p] / end));
            rgb = rgb << 8 | inSteps((1 + t) / 2, levels);
          }
          return rgb;
        });
  }

  private BufferedImage oneChannel(double[] neuron, int channel) {
    return painted(p -> ColourScale.diverging(neuron[channel * shape.pixels() + p] / end).getRGB());
  }

  private BufferedImage painted(IntUnaryOperator colour) {
    int side = shape.side();
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < shape.pixels(); p++) {
      image.setRGB(p % side, p / side, colour.applyAsInt(p));
    }
    return image;
  }

  /** The magnitude at the ends of the scale; 1 for weights of zero. */
  private static double end(double[][] neurons) {
    double[] sizes =
        Arrays.stream(neurons).flatMapToDouble(Arrays::stream).map(Math::abs).sorted().toArray();
    double end = sizes[(int) Math.ceil(SHOWN * sizes.length) - 1];
    return end > 0 ? end : 1;
  }

  private String text() {
    return String.format(Locale.ROOT, "%.2g", end);
  }

  private BufferedImage withLegend(BufferedImage grid) {
    BufferedImage image = Theme.blank(grid.getWidth(), grid.getHeight() + LEGEND);
    Graphics2D g = Theme.pen(image);
    g.drawImage(grid, 0, 0, null);
    g.setFont(Theme.SMALL);
    int x = (grid.getWidth() - LEGEND_WIDTH) / 2;
    int y = grid.getHeight();
    for (int i = 0; i < LEGEND_WIDTH; i++) {
      g.setColor(ColourScale.diverging(2.0 * i / (LEGEND_WIDTH - 1) - 1));
      g.fillRect(x + i, y, 1, 12);
    }
    g.setColor(Theme.TEXT);
    Theme.centred(g, "−" + text(), x, y + 27);
    Theme.centred(g, "weight 0", x + LEGEND_WIDTH / 2, y + 27);
    Theme.centred(g, "+" + text(), x + LEGEND_WIDTH, y + 27);
    g.dispose();
    return image;
  }

  /** A share from 0 to 1 as a value from 0 to 255, rounded to one of an odd number of levels. */
  private static int inSteps(double share, int levels) {
    return (int) Math.round(255.0 * Math.round(share * (levels - 1)) / (levels - 1));
  }
}
