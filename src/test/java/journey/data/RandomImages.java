package journey.data;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Pictures of pure noise, for tests that care about numbers and not about what is to be seen. */
final class RandomImages {

  private RandomImages() {}

  /** Labels are drawn, so that classes are of unequal size and some may be empty. */
  static LabeledImages of(int count, int classes, Random random) {
    return of(Cifar10.SHAPE, count, classes, random);
  }

  static LabeledImages of(ImageShape shape, int count, int classes, Random random) {
    byte[] pixels = new byte[count * shape.features()];
    random.nextBytes(pixels);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = Math.min(random.nextInt(classes), random.nextInt(classes));
    }
    return new LabeledImages(shape, pixels, labels, names(classes));
  }

  /** At most 256 pictures, each of one value: its number. Labels as above. */
  static LabeledImages numbered(int count, int classes, Random random) {
    int[] labels = of(new ImageShape(1, 1), count, classes, random).labels();
    byte[] numbers = new byte[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (byte) i;
    }
    return new LabeledImages(new ImageShape(1, 1), numbers, labels, names(classes));
  }

  /** The numbers of such pictures. */
  static IntStream numbers(LabeledImages images) {
    return IntStream.range(0, images.size()).map(i -> images.value(i, 0));
  }

  /** One picture per row; every value of a channel is the one given for it. */
  static LabeledImages plain(int[]... colours) {
    byte[] pixels = new byte[colours.length * Cifar10.FEATURES];
    int plane = Cifar10.SIDE * Cifar10.SIDE;
    for (int i = 0; i < colours.length; i++) {
      for (int channel = 0; channel < Cifar10.CHANNELS; channel++) {
        int from = i * Cifar10.FEATURES + channel * plane;
        Arrays.fill(pixels, from, from + plane, (byte) colours[i][channel]);
      }
    }
    return new LabeledImages(Cifar10.SHAPE, pixels, new int[colours.length], names(1));
  }

  /** Digits' shape, CIFAR-10's, and one of neither. */
  static List<ImageShape> shapes() {
    return List.of(new ImageShape(1, 28), Cifar10.SHAPE, new ImageShape(3, 48));
  }

  static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }
}
