package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class LabeledImagesTest {

  private static final int FEATURES = Cifar10.FEATURES;

  private final LabeledImages images = RandomImages.of(40, 4, new Random(1));

  @Test
  void becomesOneRowOfFloatsPerPicture() {
    INDArray floats = images.toFloat();

    assertArrayEquals(new long[] {40, 3072}, floats.shape());
    assertEquals(DataType.FLOAT, floats.dataType());
    assertEquals('c', floats.ordering());
    assertRowsHold(images, floats);
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
    float[] values = floats.dup('c').data().asFloat();
    for (int i = 0; i < images.size(); i++) {
      for (int feature = 0; feature < FEATURES; feature += i % 50 == 0 ? 1 : 311) {
        assertEquals((float) (images.value(i, feature) / 255.0), values[i * FEATURES + feature]);
      }
    }
  }

  @Test
  void blackIsZeroAndWhiteIsOne() {
    INDArray floats = RandomImages.plain(new int[] {0, 255, 0}, new int[] {255, 0, 255}).toFloat();

    assertEquals(0, floats.getFloat(0, 0));
    assertEquals(1, floats.getFloat(0, 1024));
    assertEquals(1, floats.getFloat(1, 3071));
    assertEquals(1, floats.maxNumber().floatValue());
    assertEquals(0, floats.minNumber().floatValue());
  }

  @Test
  void noPicturesBecomeNoRows() {
    assertArrayEquals(new long[] {0, 3072}, images.first(0).toFloat().shape());
  }

  @Test
  void saysHowManyPicturesThereAre() {
    assertEquals("40 pictures of 4 classes", images.toString());
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
    assertEquals(3, images.first(3).size());
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
  void pictureShowsRedGreenAndBlue() {
    var picture = images.picture(5);
    int at = 3 * Cifar10.SIDE + 17;

    assertEquals(
        0xFF << 24
            | images.value(5, at) << 16
            | images.value(5, 1024 + at) << 8
            | images.value(5, 2048 + at),
        picture.getRGB(17, 3));
  }

  @Test
  void histogramCountsTheValuesOfEachChannel() {
    LabeledImages plain = RandomImages.plain(new int[] {1, 2, 255}, new int[] {1, 0, 254});
    long[][] counts = plain.histogram();

    assertEquals(2048, counts[0][1]);
    assertEquals(1024, counts[1][2]);
    assertEquals(1024, counts[2][255]);
    assertEquals(3 * 2048, Arrays.stream(counts).flatMapToLong(LongStream::of).sum());
    assertEquals(1024, plain.subset(new int[] {1}).histogram()[0][1]);
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
