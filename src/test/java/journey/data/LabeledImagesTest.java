package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class LabeledImagesTest {

  private final LabeledImages images = RandomImages.of(40, 4, new Random(1));

  @Test
  void becomesOneRowOfFloatsPerPicture() {
    for (ImageShape shape : RandomImages.shapes()) {
      LabeledImages some = RandomImages.of(shape, 7, 4, new Random(1));
      INDArray floats = some.toFloat();
      assertArrayEquals(new long[] {7, shape.features()}, floats.shape());
      assertEquals(DataType.FLOAT, floats.dataType());
      assertEquals('c', floats.ordering());
      assertRowsHold(some, floats);
    }
  }

  @Test
  void floatsOfAnySubsetFollowItsOrder() {
    // More pictures than are turned into floats at once, and no multiple of them.
    LabeledImages many = RandomImages.of(1500, 3, new Random(2));
    Property.holds(
        random -> {
          int count = 1 + random.nextInt(2500);
          LabeledImages subset =
              many.subset(IntStream.generate(() -> random.nextInt(1500)).limit(count).toArray());
          assertRowsHold(subset, subset.toFloat());
        });
  }

  private static void assertRowsHold(LabeledImages images, INDArray floats) {
    assertEquals(images.size(), floats.rows());
    int features = images.shape().features();
    float[] values = floats.dup('c').data().asFloat();
    for (int i = 0; i < images.size(); i++) {
      for (int feature = 0; feature < features; feature += i % 50 == 0 ? 1 : 311) {
        assertEquals((float) (images.value(i, feature) / 255.0), values[i * features + feature]);
      }
    }
  }

  @Test
  void subsetTakesPicturesAndLabelsInTheGivenOrder() {
    LabeledImages subset = images.subset(new int[] {7, 3, 7}).subset(new int[] {2, 1});

    assertEquals(2, subset.size());
    assertArrayEquals(new int[] {images.label(7), images.label(3)}, subset.labels());
    assertEquals(images.value(3, 99), subset.value(1, 99));
    assertThrows(IndexOutOfBoundsException.class, () -> images.subset(new int[] {40}));
  }

  @Test
  void firstTakesAtMostWhatThereIs() {
    assertEquals("3 pictures of 4 classes", images.first(3).toString());
    assertArrayEquals(new long[] {0, 3072}, images.first(0).toFloat().shape());
    assertEquals(40, images.first(1000).size());
    assertThrows(IllegalArgumentException.class, () -> images.first(-1));
  }

  @Test
  void classesPartThePictures() {
    int[] sizes = IntStream.range(0, 4).map(c -> images.ofClass(c).size()).toArray();

    assertArrayEquals(images.countPerClass(), sizes);
    assertEquals(40, IntStream.of(sizes).sum());
    assertTrue(Arrays.stream(images.ofClass(1).labels()).allMatch(label -> label == 1));
    assertThrows(IndexOutOfBoundsException.class, () -> images.ofClass(4));
  }

  @Test
  void aPictureShowsRedGreenAndBlueOrThreeTimesGrey() {
    for (ImageShape shape : RandomImages.shapes()) {
      LabeledImages some = RandomImages.of(shape, 6, 4, new Random(1));
      int at = 3 * shape.side() + 17;
      int plane = shape.channels() == 1 ? 0 : shape.pixels();
      assertEquals(
          0xFF << 24
              | some.value(5, at) << 16
              | some.value(5, plane + at) << 8
              | some.value(5, 2 * plane + at),
          some.picture(5).getRGB(17, 3));
    }
  }

  @Test
  void theHistogramOfAnyShapeCountsEveryValue() {
    for (ImageShape shape : RandomImages.shapes()) {
      LabeledImages some = RandomImages.of(shape, 5, 4, new Random(1));
      long[][] expected = new long[shape.channels()][256];
      for (int i = 0; i < 5; i++) {
        for (int feature = 0; feature < shape.features(); feature++) {
          expected[feature / shape.pixels()][some.value(i, feature)]++;
        }
      }
      assertArrayEquals(expected, some.histogram());
      long twos = 2 * shape.features();
      LabeledImages two = some.subset(new int[] {4, 4});
      assertEquals(twos, Arrays.stream(two.histogram()).flatMapToLong(LongStream::of).sum());
    }
  }

  @Test
  void someClassesAreNumberedAnewInTheOrderGiven() {
    List<String> names = images.classNames();
    LabeledImages two = images.ofClasses(List.of(names.get(3), names.get(1)));
    int[] of1 = positionsOf(1);
    int[] of3 = positionsOf(3);
    assertArrayEquals(new int[] {of3.length, of1.length}, two.countPerClass());
    int[] both = IntStream.concat(IntStream.of(of1), IntStream.of(of3)).sorted().toArray();
    for (int i = 0; i < both.length; i++) {
      assertEquals(images.label(both[i]) == 3 ? 0 : 1, two.label(i));
      assertEquals(images.value(both[i], 7), two.value(i, 7));
    }
    var problem =
        assertThrows(IllegalArgumentException.class, () -> images.ofClasses(List.of("unicorn")));
    assertTrue(problem.getMessage().contains("[unicorn] were asked for"), problem.getMessage());
  }

  private int[] positionsOf(int label) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i) == label).toArray();
  }

  /** The hash stands in checkpoints, so it must stay what it is. */
  @Test
  void theHashIsThatOfPixelsAndLabels() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < images.size(); i++) {
      for (int feature = 0; feature < images.shape().features(); feature++) {
        digest.update((byte) images.value(i, feature));
      }
      digest.update((byte) images.label(i));
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), images.sha256());
    var shape = new ImageShape(1, 1);
    List<String> names = RandomImages.names(300);
    assertNotEquals(
        new LabeledImages(shape, new byte[1], new int[] {256}, names).sha256(),
        new LabeledImages(shape, new byte[1], new int[] {0}, names).sha256());
  }

  @Test
  void whatOneArrayCannotHoldIsRefusedWithASideThatFits() {
    var photographs = new ImageShape(3, 224);
    String message =
        assertThrows(IllegalArgumentException.class, () -> LabeledImages.room(25_000, photographs))
            .getMessage();
    assertTrue(message.contains("25,000 pictures of 224x224x3"), message);
    assertTrue(message.contains("3,763,200,000 bytes"), message);
    assertTrue(message.contains("a side of at most 169"), message);
    assertThrows(IllegalArgumentException.class, () -> new ImageShape(3, 40_000));
    assertThrows(IllegalArgumentException.class, () -> new ImageShape(2, 8));
    assertThrows(IllegalArgumentException.class, () -> new ImageShape(1, 0));
  }

  @Test
  void refusesLabelsAndPixelsThatDoNotFit() {
    List<String> names = RandomImages.names(2);
    String tooShort =
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabeledImages(Cifar10.SHAPE, new byte[3072], new int[2], names))
            .getMessage();
    assertTrue(tooShort.contains("6144") && tooShort.contains("3072"), tooShort);

    String noSuchClass =
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabeledImages(Cifar10.SHAPE, new byte[2 * 3072], new int[] {1, 2}, names))
            .getMessage();
    assertTrue(noSuchClass.contains("picture 1 has label 2"), noSuchClass);
  }
}
