package journey.engine.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Pictures whose channels lie together, cut into tiles of 4 by 4 pixels, a row of tiles after the
 * other.
 *
 * @param pictures how many
 * @param height of a picture
 * @param width of a picture
 */
record Tiles(int pictures, int height, int width) {

  static final int SIDE = 4;

  /** Products per tile: of each of 6 by 6 numbers. */
  static final int POINTS = 36;

  static final int POINT_SIDE = 6;

  /** Tiles side by side; the last may reach beyond the picture. */
  int across() {
    return (width + SIDE - 1) / SIDE;
  }

  private int down() {
    return (height + SIDE - 1) / SIDE;
  }

  /** Rows of tiles in all pictures. */
  int rows() {
    return pictures * down();
  }

  static FloatBuffer buffer(long address, long length) {
    return NativeHandles.floats(address).capacity(length).asBuffer();
  }

  FloatBuffer pixels(Tensor tensor, int channels) {
    return buffer(tensor.block().address(), (long) pictures * height * width * channels);
  }

  /** The arrays in which one thread transforms one row of tiles; one for each place in a tile. */
  final class Scratch {

    private final int channels;
    private final float[][] pixels;
    private final float[][] half;
    private final float[][] points;

    Scratch(int channels) {
      this.channels = channels;
      pixels = new float[POINTS][length()];
      half = new float[POINTS][length()];
      points = new float[POINTS][length()];
    }

    /** The numbers at each of the 36 points: channels of the first tile, of the next one, ... */
    float[][] points() {
      return points;
    }

    /** Channels of all tiles of a row. */
    int length() {
      return across() * channels;
    }

    /** Transforms a row of overlapping input tiles, 6 by 6, into {@link #points}. */
    void input(FloatBuffer pictures, int row) {
      gather(pictures, row, POINT_SIDE, 1);
      transform(Linear.INPUT);
    }

    /** Transforms a row of tiles of a result's gradient, 4 by 4, into {@link #points}. */
    void gradient(FloatBuffer pictures, int row) {
      gather(pictures, row, SIDE, 0);
      transform(Linear.OUTPUT_GRADIENT);
    }

    private void gather(FloatBuffer pictures, int row, int side, int border) {
      int top = row % down() * SIDE - border;
      int picture = row / down() * height;
      for (int i = 0; i < side; i++) {
        int y = top + i;
        for (int j = 0; j < side; j++) {
          float[] to = pixels[i * side + j];
          for (int tile = 0; tile < across(); tile++) {
            int x = tile * SIDE + j - border;
            if (y >= 0 && y < height && x >= 0 && x < width) {
              pictures.get(((picture + y) * width + x) * channels, to, tile * channels, channels);
            } else {
              Arrays.fill(to, tile * channels, (tile + 1) * channels, 0);
            }
          }
        }
      }
    }

    private void transform(Linear linear) {
      int side = linear.inputs();
      for (int j = 0; j < side; j++) {
        linear.apply(pixels, j, side, half, j, side, length());
      }
      for (int i = 0; i < POINT_SIDE; i++) {
        linear.apply(half, i * side, 1, points, i * POINT_SIDE, 1, length());
      }
    }

    /**
     * Transforms {@link #points} into a row of result tiles.
     *
     * @param bias a number per channel and tile of a row; null: none
     */
    void output(FloatBuffer pictures, int row, float[] bias, boolean relu) {
      for (int j = 0; j < POINT_SIDE; j++) {
        Linear.OUTPUT.apply(points, j, POINT_SIDE, half, j, POINT_SIDE, length());
      }
      int top = row % down() * SIDE;
      int picture = row / down() * height;
      for (int i = 0; i < SIDE && top + i < height; i++) {
        Linear.OUTPUT.apply(half, i * POINT_SIDE, 1, pixels, 0, 1, length());
        for (int j = 0; j < SIDE; j++) {
          if (bias != null) {
            add(bias, pixels[j], length());
          }
          if (relu) {
            relu(pixels[j], length());
          }
        }
        int start = (picture + top + i) * width;
        for (int x = 0; x < width; x++) {
          pictures.put((start + x) * channels, pixels[x % SIDE], x / SIDE * channels, channels);
        }
      }
    }
  }

  private static void add(float[] a, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] += a[i];
    }
  }

  private static void relu(float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.max(r[i], 0);
    }
  }
}
