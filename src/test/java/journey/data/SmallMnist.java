package journey.data;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import journey.file.ProjectFolder;

/** A data set in MNIST's format, of 30 training and 10 test pictures. */
final class SmallMnist {

  static final String FOLDER = "mnist";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  SmallMnist() {
    var random = new Random(5);
    put("train", 30, random);
    put("t10k", 10, random);
  }

  private void put(String part, int count, Random random) {
    byte[] pixels = new byte[count * 28 * 28];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    files.put(part + "-images-idx3-ubyte", idx(pixels, count, 28, 28));
    files.put(part + "-labels-idx1-ubyte", idx(labels, count));
  }

  /** The bytes of a file in the IDX format. */
  static byte[] idx(byte[] values, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
    file.putInt(8 << 8 | sizes.length);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(values).array();
  }

  byte[] file(String name) {
    return files.get(name).clone();
  }

  /** Replaces a file, and so what the manifest takes for the official one. */
  void put(String name, byte[] content) {
    files.put(name, content);
  }

  /** Lays out a project's folder whose manifest lists this data set, and nothing else. */
  Path home(Path folder, URI url) throws IOException {
    Path manifest = ProjectFolder.manifest(folder);
    Files.createDirectories(manifest.getParent());
    List<Manifest.Item> items =
        files.entrySet().stream()
            .map(file -> SmallCifar.download(file.getKey(), file.getValue(), url))
            .toList();
    var entry = new Manifest.Entry("MNIST", FOLDER, null, null, items);
    Files.writeString(manifest, new Gson().toJson(new Manifest(List.of(entry))));
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
}
