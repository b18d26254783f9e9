package journey.data;

import com.google.gson.Gson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import journey.file.ProjectFolder;
import org.apache.commons.codec.digest.DigestUtils;
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
      files.put("data_batch_" + i + ".bin", records(RECORDS, CLASS_NAMES.size(), random));
    }
    files.put("test_batch.bin", records(RECORDS, CLASS_NAMES.size(), random));
    archive = tarGz(FOLDER, files);
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
    return new Manifest.Entry(
        "CIFAR-10", FOLDER, download(ARCHIVE, archive, urls), null, listed(files));
  }

  static Manifest.Item download(String name, byte[] content, URI... urls) {
    return new Manifest.Item(name, content.length, DigestUtils.sha256Hex(content), List.of(urls));
  }

  /** The entries for files that come with an archive. */
  static List<Manifest.Item> listed(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .map(
            file ->
                new Manifest.Item(
                    file.getKey(),
                    file.getValue().length,
                    DigestUtils.sha256Hex(file.getValue()),
                    null,
                    file.getKey().equals("test_batch.bin"),
                    null))
        .toList();
  }

  /** Lays out a project's folder whose manifest lists this data set, and nothing else. */
  Path home(Path folder, URI... urls) throws IOException {
    Path manifest = ProjectFolder.manifest(folder);
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, new Gson().toJson(new Manifest(List.of(entry(urls)))));
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

  /** Records of random pixels, the labels in turn. */
  static byte[] records(int count, int classes, Random random) {
    byte[] bytes = new byte[count * CifarFolder.RECORD];
    random.nextBytes(bytes);
    for (int r = 0; r < count; r++) {
      bytes[r * CifarFolder.RECORD] = (byte) (r % classes);
    }
    return bytes;
  }

  static byte[] tarGz(String folder, Map<String, byte[]> files) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (var file : files.entrySet()) {
        var entry = new TarArchiveEntry(folder + "/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] zip(String folder, Map<String, byte[]> files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(folder + "/" + file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }
}
