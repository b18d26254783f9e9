package journey.data;

import java.util.SplittableRandom;
import journey.data.Augmentation.Flip;

/** How one augmentation changes the pictures of one epoch, in the order they are handed out. */
final class RandomChanges {

  private final Augmentation augmentation;
  private final int side;
  private final SplittableRandom random;
  private final boolean[] mirrored;
  private final float[] picture;
  private final float[] moved;

  /**
   * @param size how many pictures there are
   * @param epoch counted from 1
   */
  RandomChanges(Augmentation augmentation, ImageShape shape, int size, long seed, int epoch) {
    this.augmentation = augmentation;
    side = shape.side();
    // Not the numbers that the order follows from.
    random = SeededRandom.of(~seed, epoch - 1);
    picture = new float[shape.features()];
    moved = new float[shape.features()];
    mirrored = new boolean[augmentation.flip() == Flip.ALTERNATING ? size : 0];
    int[] halves = SeededRandom.permutation(mirrored.length, ~seed, -1);
    for (int i = 0; i < halves.length; i++) {
      mirrored[halves[i]] = (i < (size + 1) / 2) == (epoch % 2 == 1);
    }
  }

  /**
   * Changes a picture in place.
   *
   * @param pictures the values of several pictures
   * @param from where this one's begin
   * @param number the picture's place in the data set
   */
  void apply(float[] pictures, int from, int number) {
    System.arraycopy(pictures, from, picture, 0, picture.length);
    if (flips(number)) {
      PictureChanges.mirror(picture, side);
    }
    float[] result = picture;
    if (augmentation.shift() > 0) {
      result = moved;
      PictureChanges.shift(picture, moved, side, distance(), distance(), augmentation.border());
    }
    if (augmentation.cutout() > 0) {
      int half = augmentation.cutout() / 2;
      int top = random.nextInt(side) - half;
      int left = random.nextInt(side) - half;
      PictureChanges.blank(result, side, top, left, augmentation.cutout());
    }
    System.arraycopy(result, 0, pictures, from, result.length);
  }

  private boolean flips(int number) {
    return switch (augmentation.flip()) {
      case NONE -> false;
      case RANDOM -> random.nextBoolean();
      case ALTERNATING -> mirrored[number];
    };
  }

  private int distance() {
    return random.nextInt(2 * augmentation.shift() + 1) - augmentation.shift();
  }
}
