package journey.cnn;

import journey.data.Cifar10;

/**
 * How training pictures are changed at random, anew each epoch.
 *
 * @param shift by how many pixels a picture is moved at most, in both directions
 * @param border what comes in from outside
 * @param flip whether and how pictures are mirrored
 * @param cutout the side in pixels of a square that is blanked, 0 for none
 */
public record Augmentation(int shift, Border border, Flip flip, int cutout) {

  /** Refuses moves and squares larger than a picture. */
  public Augmentation {
    requireInPicture("shift", shift, Cifar10.SIDE - 1);
    requireInPicture("cutout", cutout, Cifar10.SIDE);
  }

  private static void requireInPicture(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "the %s must be from 0 to %d pixels, but it is %d".formatted(name, most, value));
    }
  }

  /** Pictures as they are. */
  public static final Augmentation NONE = new Augmentation(0, Border.ZERO, Flip.NONE, 0);

  /** What comes in from outside when a picture is moved. */
  public enum Border {
    /** The mean colour, which is 0 in standardised pictures. */
    ZERO,
    /** The picture mirrored at its edge. */
    REFLECT
  }

  /** Which pictures are mirrored, left to right. */
  public enum Flip {
    /** None. */
    NONE,
    /** Each with probability one half, every epoch anew. */
    RANDOM,
    /** A random half in the first epoch, then always the ones that were not in the epoch before. */
    ALTERNATING
  }
}
