package journey.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with pictures in CIFAR-10's binary format: files of records of {@value #RECORD} bytes,
 * the label and then the picture, and a text with the names of the classes. If that text is the
 * official one, the pictures must be, too; otherwise they are somebody's own.
 */
final class CifarFolder {

  /** Bytes of a record: one of label, 3,072 of picture. */
  static final int RECORD = 1 + Cifar10.FEATURES;

  private static final String NAMES = "batches.meta.txt";
  private static final String TEST = "test_batch.bin";

  private static final String REMEDY =
      Dataset.REMEDY
          + "; JOURNEY_DATA=stand-in goes on with generated pictures; for pictures of your own,"
          + " write the names of their classes into "
          + NAMES;

  private static final String OWN_REMEDY =
      "pictures of your own need data_batch_1.bin, data_batch_2.bin and so on, test_batch.bin, and "
          + NAMES
          + " with the names of their classes, one a line (data/README.md)";

  private final Dataset dataset;
  private final Path folder;
  private final boolean isOfficial;
  private final String remedy;
  private final List<String> classNames;

  /**
   * @throws DataFileException if the names of the classes are missing or cannot be read
   */
  CifarFolder(Dataset dataset, Path folder) {
    this.dataset = dataset;
    this.folder = folder;
    Path names = folder.resolve(NAMES);
    String expected = "the names of 2 to 256 classes, one a line";
    Dataset.requireFile(names, expected, REMEDY);
    byte[] text;
    try (InputStream in = new FileInputStream(names.toFile())) {
      text = in.readAllBytes();
    } catch (IOException problem) {
      throw new DataFileException(names, expected, problem.toString(), REMEDY, problem);
    }
    isOfficial = Sha256.of(text).equals(dataset.entry().file(NAMES).sha256());
    remedy = isOfficial ? REMEDY : OWN_REMEDY;
    classNames =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (classNames.size() < 2 || classNames.size() > 256) {
      throw new DataFileException(names, expected, classNames.size() + " names", remedy);
    }
  }

  /**
   * What the folder holds.
   *
   * @param isOfficial whether this is CIFAR-10 and not somebody's own data
   * @param officialTestCount the number of test pictures CIFAR-10 has; {@code test} may be only the
   *     first of them
   */
  record Pictures(
      LabeledImages train, LabeledImages test, boolean isOfficial, int officialTestCount) {}

  /**
   * Checks and reads all files.
   *
   * @throws DataFileException if one is missing, damaged or cannot be read
   */
  Pictures read() {
    if (isOfficial) {
      dataset.check(folder, remedy);
    }
    return new Pictures(
        read(trainingFiles()),
        read(List.of(folder.resolve(TEST))),
        isOfficial,
        Math.toIntExact(dataset.entry().file(TEST).size() / RECORD));
  }

  private List<Path> trainingFiles() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> training =
          files
              .filter(file -> file.getFileName().toString().matches("data_batch_[1-9]\\d*\\.bin"))
              .filter(file -> !isOfficial || dataset.entry().lists(file))
              .sorted(
                  Comparator.comparing((Path file) -> file.toString().length())
                      .thenComparing(Comparator.naturalOrder()))
              .toList();
      return training.isEmpty() ? List.of(folder.resolve("data_batch_1.bin")) : training;
    } catch (IOException problem) {
      throw new DataFileException(
          folder, "a folder that can be read", problem.toString(), remedy, problem);
    }
  }

  private LabeledImages read(List<Path> files) {
    int[] counts = files.stream().mapToInt(this::count).toArray();
    int[] labels = new int[Arrays.stream(counts).sum()];
    byte[] pixels = new byte[labels.length * Cifar10.FEATURES];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      readInto(pixels, labels, at, counts[i], files.get(i));
      at += counts[i];
    }
    return new LabeledImages(Cifar10.SHAPE, pixels, labels, classNames);
  }

  private int count(Path file) {
    String expected = "whole records of " + RECORD + " bytes, at least one";
    Dataset.requireFile(file, expected, remedy);
    long size = file.toFile().length();
    if (size == 0 || size % RECORD != 0) {
      throw new DataFileException(file, expected, size + " bytes", remedy);
    }
    return Math.toIntExact(size / RECORD);
  }

  private void readInto(byte[] pixels, int[] labels, int first, int count, Path file) {
    // A channel would be closed by an interrupt, and the file then look unreadable.
    try (var in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16))) {
      for (int i = first; i < first + count; i++) {
        labels[i] = in.readUnsignedByte();
        if (labels[i] >= classNames.size()) {
          throw new DataFileException(
              file,
              "labels from 0 to " + (classNames.size() - 1),
              "label " + labels[i] + " in record " + (i - first),
              remedy);
        }
        in.readFully(pixels, i * Cifar10.FEATURES, Cifar10.FEATURES);
      }
    } catch (IOException problem) {
      throw new DataFileException(
          file, "a file that can be read", problem.toString(), remedy, problem);
    }
  }
}
