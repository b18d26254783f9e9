package journey.data;

/**
 * The size of every picture of a data set. A picture's values lie channel by channel, each channel
 * row by row.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param side the height and the width in pixels, at least 1
 */
public record ImageShape(int channels, int side) {

  /** Refuses shapes that no picture has. */
  public ImageShape {
    if (channels != 1 && channels != 3 || side < 1) {
      throw new IllegalArgumentException(
          "a picture has 1 or 3 channels and a side of at least 1 pixel, but found %d channels and a side of %d"
              .formatted(channels, side));
    }
    Math.multiplyExact(channels, Math.multiplyExact(side, side));
  }

  /** Pixels of a picture, and so values of a channel. */
  public int pixels() {
    return side * side;
  }

  /** Values of a picture: channels x side x side. */
  public int features() {
    return channels * pixels();
  }

  /** For messages: {@code 32x32x3}. */
  @Override
  public String toString() {
    return "%dx%dx%d".formatted(side, side, channels);
  }
}
