package journey.data;

import java.util.Arrays;
import journey.data.Augmentation.Border;

/**
 * What can be done to a picture so that it still shows the same. A picture's values lie channel by
 * channel, each channel row by row; {@code side} is its height and width in pixels.
 */
public final class PictureChanges {

  private PictureChanges() {}

  /** Swaps left and right. */
  public static void mirror(float[] picture, int side) {
    for (int line = 0; line < picture.length; line += side) {
      for (int left = line, right = line + side - 1; left < right; left++, right--) {
        float swap = picture[left];
        picture[left] = picture[right];
        picture[right] = swap;
      }
    }
  }

  /**
   * Moves a picture.
   *
   * @param before the picture
   * @param after gets the moved picture; another array
   * @param down pixels, less than the side; negative for up
   * @param right pixels, less than the side; negative for left
   * @param border what comes in from outside
   */
  public static void shift(
      float[] before, float[] after, int side, int down, int right, Border border) {
    int first = Math.max(0, right);
    int end = side + Math.min(0, right);
    int edge = right > 0 ? 0 : end;
    int edgeEnd = right > 0 ? first : side;
    for (int to = 0; to < after.length; to += side) {
      int channel = to / (side * side) * side * side;
      int line = (to - channel) / side - down;
      if (border == Border.ZERO && (line < 0 || line >= side)) {
        Arrays.fill(after, to, to + side, 0);
        continue;
      }
      int from = channel + reflected(line, side) * side;
      System.arraycopy(before, from + first - right, after, to + first, end - first);
      for (int column = edge; column < edgeEnd; column++) {
        int inside = from + reflected(column - right, side);
        after[to + column] = border == Border.ZERO ? 0 : before[inside];
      }
    }
  }

  private static int reflected(int place, int side) {
    int last = side - 1;
    return last - Math.abs(last - Math.abs(place));
  }

  /**
   * Sets a square to 0, the mean colour of standardised pictures. The part of it that lies outside
   * the picture is left out.
   *
   * @param top the square's first line; may be negative
   * @param left the square's first column; may be negative
   * @param square the square's side in pixels
   */
  public static void blank(float[] picture, int side, int top, int left, int square) {
    int from = Math.max(0, left);
    int to = Math.max(from, Math.min(side, left + square));
    for (int channel = 0; channel < picture.length; channel += side * side) {
      for (int line = Math.max(0, top); line < Math.min(side, top + square); line++) {
        Arrays.fill(picture, channel + line * side + from, channel + line * side + to, 0);
      }
    }
  }
}
