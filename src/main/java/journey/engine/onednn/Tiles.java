package journey.engine.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

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
    return new FloatPointer(new NativeHandles.Address(address)).capacity(length).asBuffer();
  }

  FloatBuffer pixels(Tensor tensor, int channels) {
    return buffer(tensor.block().address(), (long) pictures * height * width * channels);
  }

  /** The arrays in which one thread transforms one row of tiles. */
  final class Scratch {

    private final int channels;
    private final float[] rows;
    private final float[] half;
    private final float[] points;

    Scratch(int channels) {
      this.channels = channels;
      rows = new float[POINT_SIDE * SIDE * (across() + 1) * channels];
      half = new float[POINTS * (across() + 1) * channels];
      points = new float[POINTS * across() * channels];
    }

    /** The numbers at each of the 36 points, a stretch of {@link #length} for each. */
    float[] points() {
      return points;
    }

    /** Channels of all tiles of a row. */
    int length() {
      return across() * channels;
    }

    /** Transforms a row of overlapping input tiles, 6 by 6, into {@link #points}. */
    void input(FloatBuffer pixels, int row) {
      gather(pixels, row, POINT_SIDE, 1);
      transform(Linear.INPUT);
    }

    /** Transforms a row of tiles of a result's gradient, 4 by 4, into {@link #points}. */
    void gradient(FloatBuffer pixels, int row) {
      gather(pixels, row, SIDE, 0);
      transform(Linear.OUTPUT_GRADIENT);
    }

    /**
     * Copies pixel rows, the columns sorted by their place in a tile, so that neighbouring tiles
     * become neighbours in memory and one loop goes over all of a row.
     */
    private void gather(FloatBuffer pixels, int row, int side, int border) {
      int top = row % down() * SIDE - border;
      int picture = row / down() * height;
      int plane = (across() + 1) * channels;
      int columns = across() * SIDE + 2 * border;
      for (int i = 0; i < side; i++) {
        int y = top + i;
        boolean inside = y >= 0 && y < height;
        for (int p = 0; p < columns; p++) {
          int x = p - border;
          int to = (i * SIDE + p % SIDE) * plane + p / SIDE * channels;
          if (inside && x >= 0 && x < width) {
            pixels.get(((picture + y) * width + x) * channels, rows, to, channels);
          } else {
            Arrays.fill(rows, to, to + channels, 0);
          }
        }
      }
    }

    private void transform(Linear linear) {
      int plane = (across() + 1) * channels;
      int side = linear.inputs();
      linear.apply(
          rows, multiples(side, SIDE * plane), half, 0, SIDE * plane, SIDE * plane);
      var from = new int[side];
      for (int i = 0; i < POINT_SIDE; i++) {
        for (int j = 0; j < side; j++) {
          from[j] = (i * SIDE + j % SIDE) * plane + j / SIDE * channels;
        }
        linear.apply(half, from, points, i * POINT_SIDE * length(), length(), length());
      }
    }

    /**
     * Transforms {@link #points} into a row of result tiles.
     *
     * @param bias a number per channel and tile of a row; null: none
     */
    void output(FloatBuffer pixels, int row, float[] bias, boolean relu) {
      int n = length();
      Linear.OUTPUT.apply(
          points, multiples(POINT_SIDE, POINT_SIDE * n), half, 0, POINT_SIDE * n, POINT_SIDE * n);
      var from = new int[POINT_SIDE];
      int top = row % down() * SIDE;
      int picture = row / down() * height;
      for (int i = 0; i < SIDE && top + i < height; i++) {
        for (int j = 0; j < POINT_SIDE; j++) {
          from[j] = (i * POINT_SIDE + j) * n;
        }
        Linear.OUTPUT.apply(half, from, rows, 0, n, n);
        for (int j = 0; j < SIDE && bias != null; j++) {
          add(bias, rows, j * n, n);
        }
        if (relu) {
          relu(rows, SIDE * n);
        }
        int start = (picture + top + i) * width;
        for (int x = 0; x < width; x++) {
          pixels.put((start + x) * channels, rows, x % SIDE * n + x / SIDE * channels, channels);
        }
      }
    }
  }

  static int[] multiples(int count, int step) {
    var result = new int[count];
    Arrays.setAll(result, i -> i * step);
    return result;
  }

  private static void add(float[] a, float[] r, int at, int n) {
    for (int i = 0; i < n; i++) {
      r[at + i] += a[i];
    }
  }

  private static void relu(float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.max(r[i], 0);
    }
  }
}
