package journey.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * MNIST: 60,000 training and 10,000 test pictures of handwritten digits, 28x28 pixels, white on
 * black (LeCun, Cortes and Burges, 1998). Where they cannot be had, generated digits stand in, and
 * say so.
 *
 * @param train the digits to train and to validate with
 * @param test the digits to test with
 * @param isStandIn whether these are generated digits, whose figures compare with no one else's
 * @param description what these pictures are, how many, and where they come from, in plain text
 */
public record Mnist(
    LabeledImages train, LabeledImages test, boolean isStandIn, String description) {

  /** The size of every picture. */
  public static final ImageShape SHAPE = new ImageShape(1, 28);

  /** The names of the classes, by class number: 0 to 9. */
  public static final List<String> CLASS_NAMES =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** Generated digits to train with, where MNIST cannot be had. */
  static final int STAND_IN_TRAIN = 10_000;

  /** Generated digits to test with, where MNIST cannot be had. */
  static final int STAND_IN_TEST = 2_000;

  private static final long STAND_IN_SEED = 1;

  /**
   * Finds, or downloads, checks and reads the digits, in the places where {@link Cifar10#load}
   * looks for its pictures. If there are none to be had, or {@code JOURNEY_DATA} is {@code
   * stand-in}, these are generated digits: see {@link #isStandIn}.
   *
   * @throws DataFileException if a file is there but damaged, {@code JOURNEY_DATA} names no folder
   *     with the data, a server delivers something else, or the disk takes no more
   * @throws CancellationException if the thread is interrupted; the next call goes on from there
   */
  public static Mnist load() {
    return load(Dataset.named("MNIST"));
  }

  static Mnist load(Dataset dataset) {
    try {
      Dataset.Found found = dataset.find();
      dataset.check(found.folder(), Dataset.REMEDY);
      LabeledImages train = read(found.folder(), "train");
      LabeledImages test = read(found.folder(), "t10k");
      String text =
          "MNIST: %,d training and %,d test pictures of handwritten digits, 28x28 pixels, %s.";
      return new Mnist(
          train,
          test,
          false,
          String.format(Locale.ROOT, text, train.size(), test.size(), found.words()));
    } catch (DataUnavailableException unavailable) {
      String text =
          "These are NOT the digits of MNIST, but a stand-in: %,d training and %,d test pictures"
              + " that this program has drawn itself. No figure below is comparable with one"
              + " measured on MNIST. Why: %s. How to get the real ones: data/README.md.";
      return new Mnist(
          DigitStandIn.generate(STAND_IN_TRAIN, STAND_IN_SEED),
          DigitStandIn.generate(STAND_IN_TEST, STAND_IN_SEED + 1),
          true,
          String.format(
              Locale.ROOT, text, STAND_IN_TRAIN, STAND_IN_TEST, unavailable.getMessage()));
    }
  }

  private static LabeledImages read(Path folder, String part) {
    Path pictureFile = folder.resolve(part + "-images-idx3-ubyte");
    Path labelFile = folder.resolve(part + "-labels-idx1-ubyte");
    IdxFile pictures = IdxFile.read(pictureFile, SHAPE.side(), SHAPE.side());
    IdxFile labels = IdxFile.read(labelFile);
    if (labels.count() != pictures.count()) {
      throw new DataFileException(
          labelFile,
          "a label for each of the pictures in " + pictureFile.getFileName(),
          String.format(
              Locale.ROOT, "%,d labels for %,d pictures", labels.count(), pictures.count()),
          Dataset.REMEDY);
    }
    int[] classes = new int[labels.count()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.values()[i] & 0xFF;
      if (classes[i] >= CLASS_NAMES.size()) {
        throw new DataFileException(
            labelFile,
            "labels from 0 to 9",
            "label %d at position %d".formatted(classes[i], i),
            Dataset.REMEDY);
      }
    }
    return new LabeledImages(SHAPE, pictures.values(), classes, CLASS_NAMES);
  }

  /**
   * The {@link #description} as HTML for a notebook: a line, or for the stand-in a large warning.
   */
  public String banner() {
    return Banner.html("MNIST", description, isStandIn);
  }

  @Override
  public String toString() {
    return description;
  }
}
