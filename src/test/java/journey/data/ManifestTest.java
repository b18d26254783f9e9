package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import journey.file.ProjectFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @TempDir Path folder;

  @Test
  void listsTheDataSets() {
    Manifest manifest = Manifest.read(ProjectFolder.manifest(ProjectFolder.home()));
    assertEquals(
        List.of(
            new Manifest.Item(
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")))),
        List.of(manifest.dataset("CIFAR-10").archive()));
    for (Manifest.Item file : manifest.dataset("CIFAR-10").files()) {
      assertEquals(file.name().endsWith(".bin") ? 10_000L * 3_073 : 61, file.size(), file.name());
      assertEquals(file.name().equals("test_batch.bin"), file.mayBePrefix(), file.name());
    }
    Manifest.Item digits = manifest.dataset("MNIST").file("train-images-idx3-ubyte").download();
    assertEquals("train-images-idx3-ubyte.gz", digits.name());
    assertEquals(9_912_422, digits.size());
    assertEquals(2, digits.urls().size());
    assertEquals(335_858, manifest.dataset("TREC").file("train_5500.label").download().size());
    Manifest.Entry pets = manifest.dataset(CatsAndDogs.NAME);
    assertEquals("PetImages", pets.folderInArchive());
    assertEquals(824_887_076, pets.archive().size());
    var problem = assertThrows(IllegalArgumentException.class, () -> manifest.dataset("mnist"));
    assertMentions(problem, "\"mnist\"", "CIFAR-10, MNIST, TREC, cats and dogs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"size\": 61,||batches.meta.txt needs a name, a size and a SHA-256",
        "\"sha256\": \"558e|\"sum\": \"558e|batches.meta.txt needs a name, a size and a SHA-256",
        "\"folder\": \"cifar|\"place\": \"cifar|CIFAR-10 lacks something",
        "\"archive\":|\"other\":|batches.meta.txt has no address",
        "\"files\": [|\"files\": [[|Expected BEGIN_OBJECT",
        "\"urls\":|\"url\":|cifar-10-binary.tar.gz has no address",
        "https://www.cs|https:// www.cs|URISyntaxException",
        "https://www.cs.toronto.edu|file://|only http:// and https:// can be fetched, not file:///",
        "https://www.cs.toronto.edu||only http:// and https:// can be fetched, not /~kriz"
      })
  void namesWhatIsWrong(String right, String wrong, String complaint) throws IOException {
    String text = Files.readString(ProjectFolder.manifest(ProjectFolder.home()));
    Path file = folder.resolve("manifest.json");
    Files.writeString(file, text.replace(right, wrong == null ? "" : wrong));
    var problem = assertThrows(DataFileException.class, () -> Manifest.read(file));
    assertMentions(problem, file, complaint, "restore the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{}"})
  void refusesWhatIsNoManifest(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.json"), text);
    assertMentions(assertThrows(DataFileException.class, () -> Manifest.read(file)), file);
  }
}
