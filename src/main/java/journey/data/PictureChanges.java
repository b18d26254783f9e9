package journey.data;

import java.util.Arrays;

/**
 * What can be done to a picture so that it still shows the same: 3,072 values, channel by channel.
 */
public final class PictureChanges {

  private static final int SIDE = Cifar10.SIDE;
  private static final int PIXELS = SIDE * SIDE;

  private PictureChanges() {}

  /** Left and right change places. */
  public static void mirror(float[] picture) {
    for (int line = 0; line < picture.length; line += SIDE) {
      for (int left = line, right = line + SIDE - 1; left < right; left++, right--) {
        float swap = picture[left];
        picture[left] = picture[right];
        picture[right] = swap;
      }
    }
  }

  /**
   * Moves a picture; what comes in from outside is 0, the mean colour of standardised pictures.
   *
   * @param before the picture
   * @param after gets the moved picture; another array
   * @param down by how many pixels, from -31 to 31; negative for up
   * @param right by how many pixels, from -31 to 31; negative for left
   */
  public static void shift(float[] before, float[] after, int down, int right) {
    Arrays.fill(after, 0);
    int width = SIDE - Math.abs(right);
    for (int channel = 0; channel < after.length; channel += PIXELS) {
      for (int line = Math.max(0, down); line < SIDE + Math.min(0, down); line++) {
        int from = channel + (line - down) * SIDE + Math.max(0, -right);
        int to = channel + line * SIDE + Math.max(0, right);
        System.arraycopy(before, from, after, to, width);
      }
    }
  }

  /**
   * Moves a picture; what comes in from outside is the picture mirrored at its outermost pixels.
   *
   * @param before the picture
   * @param after gets the moved picture; another array
   * @param down by how many pixels, from -31 to 31; negative for up
   * @param right by how many pixels, from -31 to 31; negative for left
   */
  public static void shiftReflecting(float[] before, float[] after, int down, int right) {
    int to = 0;
    for (int channel = 0; channel < after.length; channel += PIXELS) {
      for (int line = 0; line < SIDE; line++) {
        int from = channel + reflected(line - down) * SIDE;
        for (int column = 0; column < SIDE; column++) {
          after[to++] = before[from + reflected(column - right)];
        }
      }
    }
  }

  /**
   * Sets a square to 0, the mean colour of standardised pictures. What of it lies outside of the
   * picture is left out.
   *
   * @param top its first line; may be negative
   * @param left its first column; may be negative
   * @param side its side in pixels
   */
  public static void blank(float[] picture, int top, int left, int side) {
    int from = Math.max(0, left);
    int to = Math.min(SIDE, left + side);
    for (int channel = 0; channel < picture.length; channel += PIXELS) {
      for (int line = Math.max(0, top); line < Math.min(SIDE, top + side); line++) {
        int start = channel + line * SIDE;
        Arrays.fill(picture, start + Math.min(from, to), start + to, 0);
      }
    }
  }

  private static int reflected(int place) {
    int last = SIDE - 1;
    return last - Math.abs(last - Math.abs(place));
  }
}
