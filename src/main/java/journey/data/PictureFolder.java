package journey.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.progress.Progress;

/**
 * One's own pictures: a folder with a subfolder for each class, in which lie JPEG and PNG files of
 * any size, also in further subfolders. Each becomes the largest square in its middle, scaled to
 * the side asked for.
 *
 * <p>Classes are numbered in the order of their names, pictures in the order of class and path.
 * Files and folders whose name begins with a dot are ignored; links are followed.
 *
 * @param folder where the pictures are from
 * @param images the pictures that could be read
 * @param unreadable the files that could not, which are left out
 */
public record PictureFolder(Path folder, LabeledImages images, List<Unreadable> unreadable) {

  /** A description names this many of the files left out. */
  private static final int NAMED = 10;

  /**
   * A file that was left out.
   *
   * @param file the file
   * @param reason what is wrong with it
   */
  public record Unreadable(Path file, String reason) {}

  private record Entry(Path file, int label) {}

  /** Takes a copy of the list. */
  public PictureFolder {
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads all pictures, on all cores, and shows a progress bar on standard output.
   *
   * @param shape the shape of every picture: 1 channel for grey or 3 for colour, and the side
   * @throws DataFileException if there is no such folder, it has no subfolders, or one of them has
   *     no picture that can be read
   * @throws IllegalArgumentException if one array cannot hold all pictures at this side
   * @throws CancellationException if the thread is interrupted
   */
  public static PictureFolder read(Path folder, ImageShape shape) {
    List<Unreadable> unreadable = new ArrayList<>();
    List<Path> classes = new ArrayList<>();
    for (Path entry : visible(folder)) {
      if (Files.isDirectory(entry)) {
        classes.add(entry);
      } else {
        unreadable.add(new Unreadable(entry, "it lies in none of the folders of the classes"));
      }
    }
    if (classes.isEmpty()) {
      throw refused(folder, "a folder with a subfolder for each class", "no subfolder");
    }
    List<Entry> entries = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : files(classes.get(label), unreadable)) {
        entries.add(new Entry(file, label));
      }
    }
    List<String> names = classes.stream().map(path -> path.getFileName().toString()).toList();
    int[] labels = entries.stream().mapToInt(Entry::label).toArray();
    requireEveryClass(folder, names, labels, "no file");
    byte[] pixels = LabeledImages.room(entries.size(), shape);
    boolean[] readable = readAll(entries, shape, pixels, unreadable);
    int[] kept = IntStream.range(0, readable.length).filter(i -> readable[i]).toArray();
    LabeledImages images = new LabeledImages(shape, pixels, labels, names).subset(kept);
    requireEveryClass(folder, names, images.labels(), "no picture that can be read");
    return new PictureFolder(folder, images, unreadable);
  }

  private static List<Path> visible(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.filter(PictureFolder::isVisible).sorted().toList();
    } catch (IOException problem) {
      throw new DataFileException(
          folder,
          "a folder with a subfolder for each class",
          "nothing that can be listed: " + problem,
          "check the path, which is relative to " + Path.of("").toAbsolutePath(),
          problem);
    }
  }

  private static boolean isVisible(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }

  private static DataFileException refused(Path folder, String expected, String found) {
    return new DataFileException(
        folder,
        expected,
        found,
        "sort the pictures into one subfolder for each class, and take away empty ones");
  }

  private static void requireEveryClass(
      Path folder, List<String> names, int[] labels, String found) {
    for (int label = 0; label < names.size(); label++) {
      int wanted = label;
      if (Arrays.stream(labels).noneMatch(l -> l == wanted)) {
        throw refused(folder.resolve(names.get(label)), "pictures of this class", found);
      }
    }
  }

  /** All files below a folder, in order. */
  private static List<Path> files(Path folder, List<Unreadable> unreadable) {
    List<Path> files = new ArrayList<>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return isVisible(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isVisible(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException problem) {
            unreadable.add(new Unreadable(path, "it cannot be opened: " + problem));
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    } catch (IOException problem) {
      throw new DataFileException(
          folder, "a folder of pictures", "one that cannot be listed: " + problem, "check it");
    }
    files.sort(null);
    return files;
  }

  /** Which of the files could be read. */
  private static boolean[] readAll(
      List<Entry> entries, ImageShape shape, byte[] pixels, List<Unreadable> unreadable) {
    boolean[] readable = new boolean[entries.size()];
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.of("Reading", entries.size(), " pictures")) {
      List<Future<?>> readings = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        Path file = entries.get(i).file();
        int offset = i * shape.features();
        readings.add(workers.submit(() -> PictureFile.read(file, shape, pixels, offset)));
      }
      for (int i = 0; i < entries.size(); i++) {
        if (progress.stopped()) {
          throw new InterruptedException();
        }
        try {
          readings.get(i).get();
          readable[i] = true;
        } catch (ExecutionException problem) {
          unreadable.add(new Unreadable(entries.get(i).file(), reason(problem.getCause())));
        }
        progress.step();
      }
      return readable;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Reading the pictures was interrupted");
    } finally {
      workers.shutdownNow();
    }
  }

  private static String reason(Throwable problem) {
    if (problem instanceof Error error) {
      throw error;
    }
    return problem instanceof DataFileException refused ? refused.found() : problem.toString();
  }

  /** How many pictures of which classes there are, and what was left out, in one paragraph. */
  public String description() {
    int[] counts = images.countPerClass();
    String classes =
        IntStream.range(0, counts.length)
            .mapToObj(c -> images.classNames().get(c) + " " + counts[c])
            .collect(Collectors.joining(", "));
    String text =
        "%d pictures of %s in %d classes (%s) from %s."
            .formatted(images.size(), images.shape(), counts.length, classes, folder);
    if (unreadable.isEmpty()) {
      return text;
    }
    String named =
        unreadable.stream()
            .limit(NAMED)
            .map(u -> "%s (%s)".formatted(folder.relativize(u.file()), u.reason()))
            .collect(Collectors.joining(", "));
    int more = unreadable.size() - NAMED;
    return "%s %d files were left out: %s%s."
        .formatted(text, unreadable.size(), named, more > 0 ? " and %d more".formatted(more) : "");
  }

  @Override
  public String toString() {
    return description();
  }
}
