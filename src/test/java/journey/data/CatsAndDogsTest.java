package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static journey.data.MisbehavingServer.honest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CatsAndDogsTest {

  private static final ImageShape SHAPE = new ImageShape(3, 16);
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/pets.zip");

  /** The layout of the public set: some files are empty or no pictures, and one is Windows'. */
  private static final Map<String, byte[]> FILES =
      new TreeMap<>(
          Map.of(
              "Cat/0.jpg", jpeg(20, 10),
              "Cat/1.jpg", jpeg(10, 30),
              "Cat/666.jpg", new byte[0],
              "Cat/Thumbs.db", "thumbs".getBytes(StandardCharsets.UTF_8),
              "Dog/0.jpg", jpeg(16, 16),
              "Dog/1.jpg", "<html>".getBytes(StandardCharsets.UTF_8)));

  private static final byte[] ZIP = SmallCifar.zip("PetImages", FILES);

  @TempDir Path temporary;

  private static byte[] jpeg(int width, int height) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < width * height; p++) {
      picture.setRGB(p % width, p / width, Color.ORANGE.getRGB());
    }
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpg", bytes);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  private Dataset dataset(String named, URI... urls) {
    var entry =
        new Manifest.Entry(
            CatsAndDogs.NAME,
            "cats-and-dogs",
            SmallCifar.download("pets.zip", ZIP, urls),
            "PetImages",
            List.of());
    return new Dataset(
        entry,
        Map.of("JOURNEY_DATA", named),
        temporary.resolve("project"),
        DownloaderTest.impatient());
  }

  private Path unpackInto(Path folder) throws IOException {
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve("cats-and-dogs").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  private static CatsAndDogs load(Dataset dataset) {
    return CatsAndDogs.load(
        dataset,
        SHAPE,
        () -> {
          throw new AssertionError("there are photographs");
        });
  }

  private static void assertIsAll(CatsAndDogs found) {
    assertEquals(List.of("Cat", "Dog"), found.images().classNames());
    assertArrayEquals(new int[] {0, 0, 1}, found.images().labels());
    assertEquals(SHAPE, found.images().shape());
    assertEquals(
        List.of("666.jpg", "Thumbs.db", "1.jpg"),
        found.unreadable().stream().map(u -> u.file().getFileName().toString()).toList());
    assertFalse(found.isStandIn());
  }

  @Test
  void readsTheFolderAndSaysWhatIsBroken() throws IOException {
    CatsAndDogs found = load(dataset(unpackInto(temporary).toString()));
    assertIsAll(found);
    assertEquals(
        "3 photographs in the classes Cat, Dog, scaled to 16x16x3, read from the folder that"
            + " JOURNEY_DATA names. 3 files could not be read.",
        found.description());
    assertFalse(found.banner().contains("NOT"), found.banner());
  }

  @Test
  void findsTheFolderInTheProjectToo() throws IOException {
    unpackInto(temporary.resolve("project/data"));
    assertIsAll(load(dataset("")));
  }

  /** Only who asks for it by name gets 825 MB. */
  @Test
  void theWholeSetIsFetchedWhenItIsAskedFor() throws Exception {
    try (var server = new MisbehavingServer(ZIP, honest())) {
      Dataset dataset = dataset("", server.url());
      assertTrue(dataset.findHere().isEmpty());
      assertEquals(0, server.requests().size());
      Path folder = dataset.folder();
      assertTrue(Files.exists(folder.resolve("Cat/0.jpg")), folder::toString);
      assertIsAll(load(dataset));
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void withoutAFolderCifarsCatsAndDogsStandIn() throws IOException {
    Path project = temporary.resolve("cifar");
    var cifar = new SmallCifar();
    cifar.unpackInto(project.resolve("data"));
    var small = new Dataset(cifar.entry(NOBODY), Map.of(), project, DownloaderTest.impatient());
    for (String named : List.of("", "stand-in", temporary.toString())) {
      CatsAndDogs found =
          CatsAndDogs.load(dataset(named, NOBODY), SHAPE, () -> Cifar10.load(small));
      assertEquals(List.of("cat", "dog"), found.images().classNames());
      assertArrayEquals(new int[] {10, 10}, found.images().countPerClass());
      assertEquals(Cifar10.SHAPE, found.images().shape());
      assertTrue(found.isStandIn());
      assertMentions(found.banner(), "NOT the photographs", "data/README.md");
    }
  }

  @Test
  void aFolderWithoutPicturesIsAnError() throws IOException {
    Files.createDirectories(temporary.resolve("cats-and-dogs/cat"));
    var problem = assertThrows(DataFileException.class, () -> load(dataset(temporary.toString())));
    assertMentions(problem, temporary.resolve("cats-and-dogs"), "no file");
  }
}
