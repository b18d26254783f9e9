package journey.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.progress.Progress;

/**
 * One's own pictures: a folder with a subfolder for each class, in which lie JPEG, PNG, WebP, GIF,
 * BMP or TIFF files of any size, also in further subfolders. Each becomes the largest square in its
 * middle, scaled to the side asked for.
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

  /** Enough to keep all cores busy, and few enough that an interrupt is soon heeded. */
  private static final int AT_ONCE = 64;

  /**
   * A file that was left out.
   *
   * @param file the file
   * @param reason what is wrong with it
   */
  public record Unreadable(Path file, String reason) {}

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
    Objects.requireNonNull(folder, "a folder with pictures must be given, but it is null");
    Objects.requireNonNull(shape, "the pictures' shape must be given, but it is null");
    List<Unreadable> unreadable = new ArrayList<>();
    Map<String, List<Path>> filesOfClass = filesOfClass(folder, unreadable);
    List<String> names = List.copyOf(filesOfClass.keySet());
    List<Path> files = filesOfClass.values().stream().flatMap(List::stream).toList();
    int[] labels =
        IntStream.range(0, names.size())
            .flatMap(c -> filesOfClass.get(names.get(c)).stream().mapToInt(file -> c))
            .toArray();
    byte[] pixels = LabeledImages.room(files.size(), shape);
    String[] problems = readAll(files, shape, pixels);
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] != null) {
        unreadable.add(new Unreadable(files.get(i), problems[i]));
      }
    }
    int[] readable = IntStream.range(0, problems.length).filter(i -> problems[i] == null).toArray();
    LabeledImages images = new LabeledImages(shape, pixels, labels, names).subset(readable);
    int[] counts = images.countPerClass();
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        throw refused(folder.resolve(names.get(label)), "no picture that can be read");
      }
    }
    return new PictureFolder(folder, images, unreadable);
  }

  private static Map<String, List<Path>> filesOfClass(Path folder, List<Unreadable> unreadable) {
    Map<String, List<Path>> filesOfClass = new LinkedHashMap<>();
    try {
      for (Path entry : visible(folder)) {
        if (!Files.isDirectory(entry)) {
          unreadable.add(new Unreadable(entry, "it lies in none of the folders of the classes"));
          continue;
        }
        List<Path> files = new ArrayList<>();
        collect(entry, new HashSet<>(Set.of(entry.toRealPath())), files);
        if (files.isEmpty()) {
          throw refused(entry, "no file");
        }
        files.sort(null);
        filesOfClass.put(entry.getFileName().toString(), files);
      }
    } catch (IOException problem) {
      throw new DataFileException(
          folder,
          "a folder with a subfolder for each class",
          "nothing that can be listed: " + problem,
          "check the path, which is relative to " + Path.of("").toAbsolutePath(),
          problem);
    }
    if (filesOfClass.isEmpty()) {
      throw refused(folder, "no subfolder");
    }
    return filesOfClass;
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static DataFileException refused(Path folder, String found) {
    return new DataFileException(
        folder,
        "pictures in a subfolder for each class",
        found,
        "sort the pictures into one subfolder for each class, and take away empty ones");
  }

  /**
   * Adds all files below a folder, and folders that cannot be entered or were seen before.
   *
   * @param seen the real paths of the folders entered so far: links may lead in a circle
   */
  private static void collect(Path folder, Set<Path> seen, List<Path> files) throws IOException {
    for (Path path : visible(folder)) {
      boolean isFolder = Files.isDirectory(path) && Files.isReadable(path);
      if (isFolder && seen.add(path.toRealPath())) {
        collect(path, seen, files);
      } else {
        files.add(path);
      }
    }
  }

  /** Reads all files; the result is, for each, what is wrong with it, or null. */
  private static String[] readAll(List<Path> files, ImageShape shape, byte[] pixels) {
    String[] problems = new String[files.size()];
    try (Progress progress = Progress.of("Reading", files.size(), " pictures")) {
      for (int first = 0; first < files.size(); first += AT_ONCE) {
        int end = Math.min(first + AT_ONCE, files.size());
        IntStream.range(first, end)
            .parallel()
            .forEach(
                i -> {
                  try {
                    PictureFile.read(files.get(i), shape, pixels, i * shape.features());
                  } catch (DataFileException refused) {
                    problems[i] = refused.found();
                  }
                });
        progress.stepTo(end);
        if (progress.stopped()) {
          throw new InterruptedException();
        }
      }
      return problems;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Reading the pictures was interrupted");
    }
  }

  /** How many pictures of which classes there are, and what was left out, in one paragraph. */
  public String description() {
    int[] counts = images.countPerClass();
    String classes =
        IntStream.range(0, counts.length)
            .mapToObj(c -> images.classNames().get(c) + " " + counts[c])
            .collect(Collectors.joining(", "));
    String text =
        "%s pictures of %s in %s classes (%s) from %s."
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
    return "%s %s files were left out: %s%s."
        .formatted(text, unreadable.size(), named, more > 0 ? " and " + more + " more" : "");
  }

  @Override
  public String toString() {
    return description();
  }
}
