package journey.data;

import com.google.gson.GsonBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** A data set in CIFAR-10's format, of {@value #RECORDS} pictures per file, with its archive. */
final class SmallCifar {

  static final int RECORDS = 20;
  static final String FOLDER = "cifar-10-batches-bin";
  static final String ARCHIVE = "small.tar.gz";

  private static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final byte[] archive;

  SmallCifar() {
    var random = new Random(7);
    files.put("batches.meta.txt", String.join("\n", CLASS_NAMES).getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i <= 5; i++) {
      files.put("data_batch_" + i + ".bin", records(random));
    }
    files.put("test_batch.bin", records(random));
    archive = archiveOf(files);
  }

  /** The archive's bytes, which hardly compress. */
  byte[] archive() {
    return archive.clone();
  }

  byte[] file(String name) {
    return files.get(name).clone();
  }

  /** The manifest's entry for this data set. */
  Manifest.Entry entry(URI... urls) {
    return entry(archive, urls);
  }

  /** The same files, but from this archive. */
  Manifest.Entry entry(byte[] otherArchive, URI... urls) {
    List<Manifest.DataFile> listed = new ArrayList<>();
    files.forEach(
        (name, bytes) ->
            listed.add(
                new Manifest.DataFile(
                    name, bytes.length, sha256(bytes), name.equals("test_batch.bin"))));
    return new Manifest.Entry(
        "CIFAR-10",
        FOLDER,
        new Manifest.Archive(ARCHIVE, otherArchive.length, sha256(otherArchive), List.of(urls)),
        listed);
  }

  /** Lays out a project's folder whose manifest lists this data set, and nothing else. */
  Path home(Path folder, URI... urls) throws IOException {
    Path manifest = ProjectHome.manifest(folder);
    Files.createDirectories(manifest.getParent());
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    var gson =
        new GsonBuilder()
            .registerTypeAdapter(
                URI.class,
                (com.google.gson.JsonSerializer<URI>)
                    (uri, type, context) -> context.serialize(uri.toString()))
            .create();
    Files.writeString(manifest, gson.toJson(new Manifest(List.of(entry(urls)))));
    return folder;
  }

  /** Writes the data set's folder into this one. */
  Path unpackInto(Path place) throws IOException {
    Path folder = Files.createDirectories(place.resolve(FOLDER));
    for (var file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  static String sha256(byte[] bytes) {
    var sum = new Sha256();
    sum.add(bytes, bytes.length);
    return sum.hex();
  }

  private static byte[] records(Random random) {
    byte[] bytes = new byte[RECORDS * CifarFile.RECORD];
    random.nextBytes(bytes);
    for (int r = 0; r < RECORDS; r++) {
      bytes[r * CifarFile.RECORD] = (byte) (r % CifarFile.CLASSES);
    }
    return bytes;
  }

  private static byte[] archiveOf(Map<String, byte[]> files) {
    return archive(
        tar -> {
          for (var file : files.entrySet()) {
            addFile(tar, FOLDER + "/" + file.getKey(), file.getValue());
          }
        });
  }

  @FunctionalInterface
  interface Content {
    void writeTo(TarArchiveOutputStream tar) throws IOException;
  }

  /** A tar.gz archive of this content. */
  static byte[] archive(Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      content.writeTo(tar);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  /** Adds a file under exactly this name, wherever that leads. */
  static void addFile(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
