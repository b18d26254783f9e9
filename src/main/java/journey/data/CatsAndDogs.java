package journey.data;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Photographs of cats and dogs: those in the folder {@code cats-and-dogs}, which has a subfolder
 * for each class, and where there is no such folder, CIFAR-10's.
 *
 * <p>The folder may hold a part of the public set of 25,000 photographs of the Asirra test (Elson
 * et al., 2007), or all of it, which {@code Dataset.named("cats and dogs").folder()} downloads, or
 * one's own pictures of whatever classes.
 *
 * @param images the pictures that could be read
 * @param unreadable the files that could not, which are left out
 * @param isStandIn whether these are CIFAR-10's, or even generated ones
 * @param description what these pictures are, how many, and where they come from, in plain text
 */
public record CatsAndDogs(
    LabeledImages images,
    List<PictureFolder.Unreadable> unreadable,
    boolean isStandIn,
    String description) {

  /** The names of CIFAR-10's two classes. */
  public static final List<String> CLASS_NAMES = List.of("cat", "dog");

  /** The name of the data set in {@code data/manifest.json}. */
  static final String NAME = "cats and dogs";

  /** Takes a copy of the list. */
  public CatsAndDogs {
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Finds and reads the photographs, in the places where {@link Cifar10#load} looks for its
   * pictures, but not in the network.
   *
   * @param shape the shape to scale them to; CIFAR-10's keep theirs
   * @throws DataFileException if a folder is there, but has no subfolder with a picture that can be
   *     read
   * @throws CancellationException if the thread is interrupted
   */
  public static CatsAndDogs load(ImageShape shape) {
    return load(Dataset.named(NAME), shape, Cifar10::load);
  }

  static CatsAndDogs load(Dataset dataset, ImageShape shape, Supplier<Cifar10> otherwise) {
    return dataset
        .findHere()
        .map(found -> read(found, shape))
        .orElseGet(() -> ofCifar10(otherwise.get()));
  }

  private static CatsAndDogs read(Dataset.Found found, ImageShape shape) {
    PictureFolder folder = PictureFolder.read(found.folder(), shape);
    LabeledImages images = folder.images();
    String text =
        String.format(
            Locale.ROOT,
            "%,d photographs in the classes %s, scaled to %s, %s. %,d files could not be read.",
            images.size(),
            String.join(", ", images.classNames()),
            shape,
            found.words(),
            folder.unreadable().size());
    return new CatsAndDogs(images, folder.unreadable(), false, text);
  }

  private static CatsAndDogs ofCifar10(Cifar10 cifar) {
    LabeledImages images = cifar.train().ofClasses(CLASS_NAMES);
    String text =
        String.format(
            Locale.ROOT,
            "There is no folder with photographs of cats and dogs, so these are %,d small pictures"
                + " from elsewhere. How to get photographs, or use your own: data/README.md."
                + " What stands in for them: %s",
            images.size(),
            cifar.description());
    return new CatsAndDogs(images, List.of(), true, text);
  }

  /**
   * The {@link #description} as HTML for a notebook: a line, or for the stand-in a large warning.
   */
  public String banner() {
    return Banner.html("the photographs", description, isStandIn);
  }

  @Override
  public String toString() {
    return description;
  }
}
