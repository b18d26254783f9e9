package journey.data;

import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * CIFAR-10: 50,000 training and 10,000 test pictures of ten kinds of things, 32x32 pixels in colour
 * (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009); or pictures of one's
 * own in its format. Where there are none, generated pictures stand in, and say so.
 */
public final class Cifar10 {

  /** The size of every picture. */
  public static final ImageShape SHAPE = new ImageShape(3, 32);

  /** Pixels along one side of a picture. */
  public static final int SIDE = SHAPE.side();

  /** Colour channels of a picture: red, green, blue. */
  public static final int CHANNELS = SHAPE.channels();

  /** Colour values of one picture: 3 x 32 x 32. */
  public static final int FEATURES = SHAPE.features();

  /** Generated pictures to train with, where CIFAR-10 cannot be had. */
  static final int STAND_IN_TRAIN = 10_000;

  /** Generated pictures to test with, where CIFAR-10 cannot be had. */
  static final int STAND_IN_TEST = 2_000;

  private static final long STAND_IN_SEED = 1;

  private final LabeledImages train;
  private final LabeledImages test;
  private final boolean isStandIn;
  private final String description;

  private Cifar10(LabeledImages train, LabeledImages test, boolean isStandIn, String description) {
    this.train = train;
    this.test = test;
    this.isStandIn = isStandIn;
    this.description = description;
  }

  /**
   * Finds, or downloads, checks and reads the pictures: from the folder that {@code JOURNEY_DATA}
   * names; if it names none, from {@code data/}, here or in the folder that {@code JOURNEY_WORK}
   * names, from {@code ../shared/data} beside the project, or from the network. If there are none
   * to be had, or {@code JOURNEY_DATA} is {@code stand-in}, these are generated pictures: see
   * {@link #isStandIn}.
   *
   * <p>A folder whose {@code batches.meta.txt} is not the official one holds somebody's own
   * pictures, however many and of whatever classes; {@link #description} says so.
   *
   * @throws DataFileException if a file is there but damaged, {@code JOURNEY_DATA} names no folder
   *     with the data, a server delivers something else, or the disk takes no more
   * @throws CancellationException if the thread is interrupted; the next call goes on from there
   */
  public static Cifar10 load() {
    return load(Dataset.named("CIFAR-10"));
  }

  static Cifar10 load(Dataset dataset) {
    try {
      Dataset.Found found = dataset.find();
      CifarFolder.Pictures pictures = CifarFolder.read(dataset, found.folder());
      return new Cifar10(
          pictures.train(), pictures.test(), false, describe(pictures, found.words()));
    } catch (DataUnavailableException unavailable) {
      return new Cifar10(
          StandIn.generate(STAND_IN_TRAIN, STAND_IN_SEED),
          StandIn.generate(STAND_IN_TEST, STAND_IN_SEED + 1),
          true,
          text(
              "These are NOT the pictures of CIFAR-10, but a stand-in: %,d training and %,d test"
                  + " pictures that this program has drawn itself. No figure below is comparable"
                  + " with one measured on CIFAR-10. Why: %s. How to get the real ones:"
                  + " data/README.md.",
              STAND_IN_TRAIN, STAND_IN_TEST, unavailable.getMessage()));
    }
  }

  private static String describe(CifarFolder.Pictures pictures, String place) {
    int test = pictures.test().size();
    int official = pictures.officialTestCount();
    String description =
        text(
            pictures.isOfficial()
                ? "CIFAR-10: %,d training and %,d test pictures of 32x32 pixels in %d classes, %s."
                : "This is your own data in CIFAR-10's format: %,d training and %,d test pictures"
                    + " of %d classes, %s.",
            pictures.train().size(),
            test,
            pictures.test().classNames().size(),
            place);
    if (!pictures.isOfficial() || test == official) {
      return description;
    }
    return description
        + text(
            " The test file holds only the first %,d of the official %,d pictures, so the 95 %%"
                + " interval of an accuracy reaches up to %.1f percentage points to either side,"
                + " instead of %.1f.",
            test, official, widestHalf(test), widestHalf(official));
  }

  /** Half the 95 % interval of an accuracy of 50 %, the widest, on {@code count} pictures. */
  private static double widestHalf(int count) {
    return 196 * Math.sqrt(0.5 * 0.5 / count);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The pictures to train and to validate with. */
  public LabeledImages train() {
    return train;
  }

  /** The pictures to test with; fewer than 10,000 if the file holds only the first ones. */
  public LabeledImages test() {
    return test;
  }

  /** Whether these are generated pictures, whose figures compare with no one else's. */
  public boolean isStandIn() {
    return isStandIn;
  }

  /** What these pictures are, how many, and where they come from, in plain text. */
  public String description() {
    return description;
  }

  /**
   * The {@link #description} as HTML for a notebook: a line, or for the stand-in a large warning.
   */
  public String banner() {
    return Banner.html("CIFAR-10", description, isStandIn);
  }

  @Override
  public String toString() {
    return description();
  }
}
