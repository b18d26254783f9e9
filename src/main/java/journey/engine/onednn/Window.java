package journey.engine.onednn;

import java.util.List;

/**
 * A window that moves over a picture.
 *
 * @param kernel its height and width; empty: those of the picture
 * @param stride how far it moves, vertically and horizontally
 * @param padding the zeros around the picture
 */
public record Window(List<Integer> kernel, List<Integer> stride, Padding padding) {

  /** Zeros around a picture. */
  public sealed interface Padding {

    /** The same number above and below, and the same left and right. */
    record Explicit(int vertical, int horizontal) implements Padding {}

    /** Just enough for the window to reach every pixel; of an odd number, more below and right. */
    record Same() implements Padding {}
  }

  /** No zeros. */
  public static final Padding NO_PADDING = new Padding.Explicit(0, 0);

  /** A window of the whole picture. */
  public static Window whole() {
    return new Window(List.of(), List.of(1, 1), NO_PADDING);
  }

  /** The window over pictures of one size; each array holds vertical, horizontal. */
  record Extent(long[] kernel, long[] stride, long[] before, long[] after, long[] output) {
    long height() {
      return output[0];
    }

    long width() {
      return output[1];
    }
  }

  /** Whether it is a square of this side that moves by single pixels and keeps a picture's size. */
  boolean keepsSize(int side, Layout pictures) {
    Extent extent = over(pictures);
    long border = side / 2;
    for (int i = 0; i < 2; i++) {
      if (extent.kernel[i] != side
          || extent.stride[i] != 1
          || extent.before[i] != border
          || extent.after[i] != border) {
        return false;
      }
    }
    return true;
  }

  Extent over(Layout pictures) {
    var extent = new Extent(new long[2], new long[2], new long[2], new long[2], new long[2]);
    for (int i = 0; i < 2; i++) {
      fit(extent, i, pictures.size(2 + i));
    }
    return extent;
  }

  private void fit(Extent extent, int i, long size) {
    long width = kernel.isEmpty() ? size : kernel.get(i);
    long step = stride.get(i);
    extent.kernel[i] = width;
    extent.stride[i] = step;
    if (padding instanceof Padding.Explicit zeros) {
      extent.before[i] = i == 0 ? zeros.vertical() : zeros.horizontal();
      extent.after[i] = extent.before[i];
      long room = size + 2 * extent.before[i] - width;
      if (room < 0) {
        throw new IllegalArgumentException(
            "windows of %d pixels do not fit into pictures of %d".formatted(width, size));
      }
      extent.output[i] = room / step + 1;
    } else {
      extent.output[i] = (size + step - 1) / step;
      long total = Math.max(0, (extent.output[i] - 1) * step + width - size);
      extent.before[i] = total / 2;
      extent.after[i] = total - total / 2;
    }
  }
}
