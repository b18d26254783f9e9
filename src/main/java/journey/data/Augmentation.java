package journey.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * How training pictures are changed at random, anew each epoch: mirrored, then moved, then partly
 * blanked.
 *
 * @param shift how many pixels a picture is moved at most, up or down and left or right
 * @param border what comes in from outside when a picture is moved
 * @param flip whether and how pictures are mirrored
 * @param cutout the side in pixels of a square that is blanked, 0 for none
 */
public record Augmentation(int shift, Border border, Flip flip, int cutout)
    implements Serializable {

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
    /** Each with probability 1/2, drawn anew every epoch. */
    RANDOM,
    /** A random half in the first epoch, then always those that were not in the epoch before. */
    ALTERNATING
  }

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public Augmentation {
    require("shift", shift, Integer.MAX_VALUE, "");
    require("cutout", cutout, Integer.MAX_VALUE, "");
  }

  /** Refuses moves and squares larger than a picture. */
  void requireFits(ImageShape shape) {
    require("shift", shift, shape.side() - 1, " for pictures of " + shape);
    require("cutout", cutout, shape.side(), " for pictures of " + shape);
  }

  private static void require(String name, int pixels, int most, String pictures) {
    if (pixels < 0 || pixels > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s must be from 0 to %,d pixels%s, but it is %d",
              name,
              most,
              pictures,
              pixels));
    }
  }
}
