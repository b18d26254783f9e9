package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import journey.data.PictureFolder.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

  private static final ImageShape SHAPE = new ImageShape(1, 4);

  @TempDir Path folder;

  /** An even grey, which tells pictures apart. */
  private Path picture(String name, int grey) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    var picture = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 63; p++) {
      picture.setRGB(p % 9, p / 9, grey * 0x010101);
    }
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private Path text(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "no picture");
  }

  private Path copy(String example, String name) throws IOException {
    return Files.copy(PictureFileTest.example(example), folder.resolve(name));
  }

  private static List<Integer> greys(LabeledImages images) {
    return IntStream.range(0, images.size()).mapToObj(i -> images.value(i, 0)).toList();
  }

  @Test
  void classesAndPicturesComeInTheOrderOfTheirNames() throws IOException {
    picture("zebra/b.png", 4);
    picture("zebra/a.png", 3);
    picture("ant/2020/x.png", 1);
    picture("ant/z.png", 2);
    picture("ant/.hidden/y.png", 9);
    picture(".git/objects/y.png", 9);
    text("ant/.DS_Store");
    text("zebra/._a.png");
    PictureFolder found = PictureFolder.read(folder, SHAPE);

    assertEquals(List.of("ant", "zebra"), found.images().classNames());
    assertEquals(SHAPE, found.images().shape());
    assertEquals(List.of(1, 2, 3, 4), greys(found.images()));
    assertArrayEquals(new int[] {0, 0, 1, 1}, found.images().labels());
    assertEquals(List.of(), found.unreadable());
    assertEquals(
        "4 pictures of 4x4x1 in 2 classes (ant 2, zebra 2) from %s.".formatted(folder),
        found.description());
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestIsUsed() throws IOException {
    picture("ant/a.png", 1);
    picture("bee/c.png", 2);
    Path beside = text("labels.csv");
    Path notes = text("ant/notes.txt");
    Path half = copy("half.jpg", "ant/half.jpg");
    Path heic = Files.writeString(folder.resolve("bee/x.heic"), "\0\0\0\u0018ftypheic");
    PictureFolder found = PictureFolder.read(folder, SHAPE);

    assertEquals(List.of(1, 2), greys(found.images()));
    assertArrayEquals(new int[] {0, 1}, found.images().labels());
    assertEquals(
        List.of(beside, half, notes, heic),
        found.unreadable().stream().map(Unreadable::file).toList());
    String reasons =
        found.unreadable().stream().map(Unreadable::reason).collect(Collectors.joining("\n"));
    assertTrue(
        reasons.matches("(?s)it lies in none.*\n.*cut off.*\n10 bytes of.*\na HEIC picture"),
        reasons);
    assertTrue(
        found.description().contains("4 files were left out: labels.csv"), found.description());
  }

  @Test
  void linksAreFollowedAndLoopsNamed() throws IOException {
    picture("ant/a.png", 1);
    Path elsewhere = picture(".elsewhere/b.png", 2);
    Files.createSymbolicLink(folder.resolve("bee"), elsewhere.getParent());
    Path loop = Files.createSymbolicLink(folder.resolve("ant/loop"), folder.resolve("ant"));
    Path broken = Files.createSymbolicLink(folder.resolve("ant/nowhere.png"), Path.of("nowhere"));
    PictureFolder found = PictureFolder.read(folder, SHAPE);

    assertEquals(List.of(1, 2), greys(found.images()));
    assertEquals(List.of("ant", "bee"), found.images().classNames());
    assertEquals(List.of(loop, broken), found.unreadable().stream().map(Unreadable::file).toList());
  }

  @Test
  void foldersThatAreNoDataSetAreRefused() throws IOException {
    refuses("check the path", f -> f.resolve("nowhere"));
    refuses("no subfolder", f -> f);
    picture("ant/a.png", 1);
    Path bee = Files.createDirectory(folder.resolve("bee"));
    refuses(bee + System.lineSeparator(), f -> f);
    refuses("no file", f -> f);
    text("bee/text.png");
    refuses("no picture that can be read", f -> f);
  }

  private void refuses(String reason, Function<Path, Path> place) {
    String message =
        assertThrows(DataFileException.class, () -> PictureFolder.read(place.apply(folder), SHAPE))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void moreThanOneArrayCanHoldIsRefusedBeforeAnythingIsRead() throws IOException {
    picture("ant/a.png", 1);
    text("ant/b.png");
    var enormous = new ImageShape(3, 25_000);
    String message =
        assertThrows(IllegalArgumentException.class, () -> PictureFolder.read(folder, enormous))
            .getMessage();
    assertTrue(message.contains("2 pictures of 25000x25000x3"), message);
  }

  @Test
  void anInterruptEndsIt() throws IOException {
    for (int i = 0; i < 50; i++) {
      picture("ant/%d.png".formatted(i), i);
    }
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> PictureFolder.read(folder, SHAPE));
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
  }
}
