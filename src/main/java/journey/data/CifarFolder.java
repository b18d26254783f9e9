package journey.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A folder with the files of CIFAR-10's binary version. */
final class CifarFolder {

  static final String REMEDY =
      "put the official file there, or delete the folder it lies in so that the data is looked for"
          + " elsewhere and, in the end, downloaded (data/README.md); JOURNEY_DATA=stand-in goes on"
          + " with generated pictures";

  private static final String TRAINING_PREFIX = "data_batch_";
  private static final String TEST = "test_batch.bin";
  private static final String CLASS_NAMES = "batches.meta.txt";

  private final Path folder;
  private final Manifest.Entry dataset;

  CifarFolder(Path folder, Manifest.Entry dataset) {
    this.folder = folder;
    this.dataset = dataset;
  }

  /**
   * What the folder holds.
   *
   * @param officialTestCount the number of test pictures the official file has; {@code test} may
   *     have only the first of them
   */
  record Pictures(LabeledImages train, LabeledImages test, int officialTestCount) {}

  /**
   * Reads and checks all files, each on a thread of its own.
   *
   * @throws DataFileException if one is missing, damaged or cannot be read
   */
  Pictures read() {
    List<String> classNames = classNames();
    List<CifarFile> training =
        dataset.files().stream()
            .filter(file -> file.name().startsWith(TRAINING_PREFIX))
            .map(file -> new CifarFile(folder, file))
            .toList();
    CifarFile test = new CifarFile(folder, dataset.file(TEST));
    return new Pictures(
        read(training, classNames), read(List.of(test), classNames), test.officialCount());
  }

  private static LabeledImages read(List<CifarFile> files, List<String> classNames) {
    int[] first = new int[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      first[i + 1] = first[i] + files.get(i).count();
    }
    int[] labels = new int[first[files.size()]];
    byte[] pixels = new byte[labels.length * Cifar10.FEATURES];
    IntStream.range(0, files.size())
        .parallel()
        .mapToObj(i -> files.get(i).tryReadInto(pixels, labels, first[i]))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            problem -> {
              throw problem;
            });
    return new LabeledImages(Cifar10.SHAPE, pixels, labels, classNames);
  }

  private List<String> classNames() {
    Manifest.DataFile listed = dataset.file(CLASS_NAMES);
    Path path = folder.resolve(CLASS_NAMES);
    if (!Files.exists(path)) {
      throw damaged(path, "the names of the classes", "no such file", null);
    }
    try (InputStream in = new FileInputStream(path.toFile())) {
      byte[] text = in.readAllBytes();
      var sum = new Sha256();
      sum.add(text, text.length);
      String found = sum.hex();
      if (!found.equals(listed.sha256())) {
        throw damaged(
            path,
            "SHA-256 " + listed.sha256(),
            "SHA-256 %s, %,d bytes".formatted(found, text.length),
            null);
      }
      return new String(text, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
    } catch (IOException problem) {
      throw damaged(path, "a file that can be read", problem.toString(), problem);
    }
  }

  private static DataFileException damaged(
      Path path, String expected, String found, IOException cause) {
    return new DataFileException(path, expected, found, REMEDY, cause);
  }
}
