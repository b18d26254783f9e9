package journey.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with pictures in CIFAR-10's binary format: files of records of {@value #RECORD} bytes,
 * the label and then the picture, and a text with the names of the classes. With CIFAR-10's names,
 * the files must be the official ones; otherwise the folder holds data of one's own.
 */
final class CifarFolder {

  /** Bytes of a record: one of label, 3,072 of picture. */
  static final int RECORD = 1 + Cifar10.FEATURES;

  private static final String NAMES = "batches.meta.txt";
  private static final int LONGEST_NAMES = 1 << 16;
  private static final String TEST = "test_batch.bin";
  private static final String EXPECTED = "whole records of " + RECORD + " bytes, at least one";

  private static final String REMEDY =
      Dataset.REMEDY
          + "; JOURNEY_DATA=stand-in goes on with generated pictures; for pictures of your own,"
          + " write the names of their classes into "
          + NAMES;

  private static final String OWN_REMEDY =
      "pictures of your own need data_batch_1.bin, data_batch_2.bin and so on, test_batch.bin, and "
          + NAMES
          + " with the names of their classes, one a line (data/README.md)";

  private final Path folder;
  private final Manifest.Entry official;
  private final boolean isOfficial;
  private final String remedy;
  private final List<String> classNames;

  private CifarFolder(Dataset dataset, Path folder) throws IOException {
    this.folder = folder;
    official = dataset.entry();
    Path names = folder.resolve(NAMES);
    String expected = "the names of 2 to 256 classes, all different, one a line";
    DataFileException.requireFile(names, expected, REMEDY);
    classNames =
        text(names, expected).lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
    // Not the hash alone: another line end in this text does not make the pictures one's own.
    isOfficial =
        classNames.equals(StandIn.classNames())
            || Manifest.sha256Of(names).equals(official.file(NAMES).sha256());
    remedy = isOfficial ? REMEDY : OWN_REMEDY;
    if (classNames.size() < 2 || classNames.size() > 256) {
      throw new DataFileException(names, expected, classNames.size() + " names", remedy);
    }
    Set<String> seen = new HashSet<>();
    for (String name : classNames) {
      if (!seen.add(name)) {
        throw new DataFileException(names, expected, "\"" + name + "\" twice", remedy);
      }
    }
    if (isOfficial) {
      dataset.check(folder, remedy);
    }
  }

  private static String text(Path names, String expected) {
    try {
      return SmallFile.read(names, LONGEST_NAMES);
    } catch (IOException problem) {
      throw new DataFileException(names, expected, problem.getMessage(), REMEDY, problem);
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
  static Pictures read(Dataset dataset, Path folder) {
    try {
      var files = new CifarFolder(dataset, folder);
      return new Pictures(
          files.read(files.trainingFiles()),
          files.read(List.of(folder.resolve(TEST))),
          files.isOfficial,
          Math.toIntExact(dataset.entry().file(TEST).size() / RECORD));
    } catch (IOException problem) {
      throw new DataFileException(
          folder, "files that can be read", problem.toString(), REMEDY, problem);
    }
  }

  private List<Path> trainingFiles() throws IOException {
    if (isOfficial) {
      return official.files().stream()
          .filter(file -> file.name().startsWith("data_batch_"))
          .map(file -> folder.resolve(file.name()))
          .toList();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> own =
          files
              .filter(file -> file.getFileName().toString().matches("data_batch_[1-9]\\d*\\.bin"))
              .sorted(
                  Comparator.comparing((Path file) -> file.toString().length())
                      .thenComparing(Comparator.naturalOrder()))
              .toList();
      return own.isEmpty() ? List.of(folder.resolve("data_batch_1.bin")) : own;
    }
  }

  private LabeledImages read(List<Path> files) throws IOException {
    long count = files.stream().mapToLong(this::count).sum();
    byte[] pixels = LabeledImages.room(count, Cifar10.SHAPE);
    int[] labels = new int[(int) count];
    int at = 0;
    for (Path file : files) {
      int end = at + (int) count(file);
      // A channel would be closed by an interrupt, and the file then look unreadable.
      try (var bytes = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
        var records = new DataInputStream(bytes);
        for (int first = at; at < end; at++) {
          labels[at] = records.readUnsignedByte();
          if (labels[at] >= classNames.size()) {
            throw new DataFileException(
                file,
                "labels from 0 to " + (classNames.size() - 1),
                "label " + labels[at] + " in record " + (at - first),
                remedy);
          }
          records.readFully(pixels, at * Cifar10.FEATURES, Cifar10.FEATURES);
        }
      }
    }
    return new LabeledImages(Cifar10.SHAPE, pixels, labels, classNames);
  }

  private long count(Path file) {
    DataFileException.requireFile(file, EXPECTED, remedy);
    long size = file.toFile().length();
    if (size == 0 || size % RECORD != 0) {
      throw new DataFileException(file, EXPECTED, size + " bytes", remedy);
    }
    return size / RECORD;
  }
}
