package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A picture in at most 256 colours, a third of the size in a notebook's file: those that tell
 * things apart, those that occur most often, and for every other one the nearest of them. It takes
 * a few milliseconds.
 *
 * @see <a href="https://doi.org/10.1145/800064.801294">P. Heckbert, Color Image Quantization for
 *     Frame Buffer Display, 1982</a>, the popularity algorithm
 */
final class FewColours {

  private static final int MOST = 256;

  /** Colours that agree in the upper five bits of red, green and blue count as one. */
  private static final int CELLS = 1 << 15;

  private FewColours() {}

  /** The same picture; where colours are that close, all of them become the commonest. */
  static BufferedImage of(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    int[] counts = new int[CELLS];
    int[] colours = new int[CELLS];
    int[] leads = new int[CELLS];
    for (Color colour : Theme.classes()) {
      // No other colour of its cell can outvote it.
      int cell = cell(colour.getRGB());
      colours[cell] = colour.getRGB();
      leads[cell] = pixels.length;
    }
    for (int pixel : pixels) {
      int cell = cell(pixel);
      counts[cell]++;
      // Boyer and Moore's vote finds the colour that most of the cell's pixels have.
      colours[cell] = leads[cell] == 0 ? pixel : colours[cell];
      leads[cell] += colours[cell] == pixel ? 1 : -1;
    }
    for (Color colour : Theme.classes()) {
      // However rare it is, it comes before all others.
      int cell = cell(colour.getRGB());
      counts[cell] += counts[cell] > 0 ? pixels.length : 0;
    }
    int[] present =
        IntStream.range(0, CELLS)
            .filter(cell -> counts[cell] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(cell -> -counts[cell]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] palette = IntStream.of(present).limit(MOST).map(cell -> colours[cell]).toArray();
    byte[] index = new byte[CELLS];
    for (int k = 0; k < present.length; k++) {
      index[present[k]] = (byte) (k < MOST ? k : nearest(palette, colours[present[k]]));
    }
    var model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    var result =
        new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] indices = ((DataBufferByte) result.getRaster().getDataBuffer()).getData();
    for (int p = 0; p < pixels.length; p++) {
      indices[p] = index[cell(pixels[p])];
    }
    return result;
  }

  private static int cell(int rgb) {
    return rgb >> 9 & 0x7C00 | rgb >> 6 & 0x3E0 | rgb >> 3 & 0x1F;
  }

  private static int nearest(int[] palette, int rgb) {
    int nearest = 0;
    int least = Integer.MAX_VALUE;
    for (int k = 0; k < palette.length; k++) {
      int red = (palette[k] >> 16 & 0xFF) - (rgb >> 16 & 0xFF);
      int green = (palette[k] >> 8 & 0xFF) - (rgb >> 8 & 0xFF);
      int blue = (palette[k] & 0xFF) - (rgb & 0xFF);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        nearest = k;
        least = distance;
      }
    }
    return nearest;
  }
}
