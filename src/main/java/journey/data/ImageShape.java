package journey.data;

import java.io.Serializable;

/**
 * The size of every picture of a data set. A picture's values lie channel by channel, each channel
 * row by row.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param side the height and the width in pixels, at least 1
 */
public record ImageShape(int channels, int side) implements Serializable {

  private static final double MOST = Integer.MAX_VALUE;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if no picture has this shape
   */
  public ImageShape {
    if (channels != 1 && channels != 3 || side < 1 || side > Math.sqrt(MOST / channels)) {
      throw new IllegalArgumentException(
          "a picture has 1 or 3 channels, a side of at least 1 pixel and fewer than 2^31 values, but found %d channels and a side of %d"
              .formatted(channels, side));
    }
  }

  /** Pixels of a picture, and so values of a channel. */
  public int pixels() {
    return side * side;
  }

  /** Values of a picture: channels x side x side. */
  public int features() {
    return channels * pixels();
  }

  /** The shape of an array of this many pictures: {@code [count, channels, side, side]}. */
  public long[] batch(long count) {
    return new long[] {count, channels, side, side};
  }

  /**
   * Checks that pictures are large enough.
   *
   * @param least the smallest side that will do
   * @throws IllegalArgumentException if the side is smaller
   */
  public void requireSide(int least) {
    if (side < least) {
      throw new IllegalArgumentException(
          "pictures of %s are too small: a side of at least %d pixels is needed"
              .formatted(this, least));
    }
  }

  /** For messages: {@code 32x32x3}. */
  @Override
  public String toString() {
    return side + "x" + side + "x" + channels;
  }
}
