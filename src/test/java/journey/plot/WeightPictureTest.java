package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import journey.data.ImageShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightPictureTest {

  private static final int GAP = 8;
  private static final int COLUMN_TITLE = 22;

  @Test
  void aWeightStandsWhereItsPixelStands() {
    INDArray weights = Nd4j.zeros(DataType.FLOAT, 3072, 1);
    int row = 5;
    int column = 20;
    int green = 1024;
    // As many as one in 200 and more, so that they are the ends of the scale.
    for (int i = 0; i < 10; i++) {
      weights.putScalar(green + (row + i) * 32 + column, 0, 2);
      weights.putScalar(green + (row + i) * 32 + column + 1, 0, -2);
    }
    BufferedImage colours = WeightPicture.of(weights).scale(1).colours();
    assertEquals(new Color(128, 255, 128), at(colours, GAP + column, GAP + row));
    assertEquals(new Color(128, 0, 128), at(colours, GAP + column + 1, GAP + row));
    assertEquals(new Color(128, 128, 128), at(colours, GAP, GAP));

    BufferedImage channels = WeightPicture.of(weights).scale(2).channels();
    int x = GAP + 2 * (64 + GAP) + 2 * column;
    int y = GAP + COLUMN_TITLE + 2 * row;
    assertEquals(ColourScale.diverging(1), at(channels, x, y));
    assertEquals(ColourScale.diverging(-1), at(channels, x + 2, y));
    assertEquals(ColourScale.diverging(0), at(channels, x - 64 - GAP, y));
  }

  @Test
  void overGreyPicturesAWeightGoesFromBlueToRed() {
    var digits = new ImageShape(1, 28);
    INDArray weights = Nd4j.zeros(DataType.FLOAT, 784, 1);
    for (int i = 0; i < 10; i++) {
      weights.putScalar((5 + i) * 28 + 20, 0, 2);
      weights.putScalar((5 + i) * 28 + 21, 0, -2);
    }
    WeightPicture picture = WeightPicture.of(weights, digits).scale(1);
    for (BufferedImage image : List.of(picture.colours(), picture.channels())) {
      assertEquals(ColourScale.diverging(1), at(image, GAP + 20, GAP + 5));
      assertEquals(ColourScale.diverging(-1), at(image, GAP + 21, GAP + 5));
      assertEquals(ColourScale.diverging(0), at(image, GAP, GAP));
    }
    var small = WeightPicture.of(Nd4j.zeros(DataType.FLOAT, 48, 1), new ImageShape(3, 4)).scale(1);
    assertEquals(GAP + 4 + GAP, small.colours().getWidth());
  }

  @Test
  void aWeakNeuronIsPaleBesideAStrongOne() {
    INDArray weights = Nd4j.zeros(DataType.FLOAT, 3072, 2);
    weights.putColumn(0, Nd4j.valueArrayOf(3072, 2f));
    weights.putColumn(1, Nd4j.valueArrayOf(3072, 1f));
    BufferedImage both = WeightPicture.of(weights).scale(1).colours();
    int title = 22;
    assertEquals(new Color(255, 255, 255), at(both, GAP + 5, GAP + title + 5));
    int second = GAP + 32 + GAP;
    assertEquals(new Color(192, 192, 192), at(both, second + 5, GAP + title + 5));
  }

  @Test
  void manyNeuronsMakeAGrid() {
    INDArray weights = wavesWithNoise(64);
    var picture = new Picture(WeightPicture.of(weights).columns(8).colours());
    assertEquals(GAP + 8 * (64 + GAP), picture.image().getWidth());
    assertTrue(picture.pngBytes() < 100_000, picture.pngBytes() + " bytes");
  }

  @Test
  void anUntrainedNeuronIsGrey() {
    BufferedImage grey = WeightPicture.of(Nd4j.zeros(DataType.FLOAT, 3072, 1)).colours();
    assertEquals(new Color(128, 128, 128), at(grey, GAP, GAP));
  }

  @Test
  void refusesWhatIsNoPicture() {
    var shape =
        assertThrows(IllegalArgumentException.class, () -> WeightPicture.of(Nd4j.zeros(1, 3072)));
    assertTrue(shape.getMessage().contains("[1, 3072]"), shape.getMessage());
    INDArray diverged = Nd4j.zeros(DataType.FLOAT, 3072, 1).putScalar(7, 0, Float.NaN);
    assertThrows(IllegalArgumentException.class, () -> WeightPicture.of(diverged));
    WeightPicture one = WeightPicture.of(Nd4j.zeros(DataType.FLOAT, 3072, 1));
    assertThrows(IllegalArgumentException.class, () -> one.names(List.of("a", "b")));
  }

  private static INDArray wavesWithNoise(int neurons) {
    var random = new Random(12);
    INDArray weights = Nd4j.zeros(DataType.FLOAT, 3072, neurons);
    for (int k = 0; k < neurons; k++) {
      double across = random.nextDouble() / 2;
      double down = random.nextDouble() / 2;
      for (int f = 0; f < 3072; f++) {
        double wave = Math.sin(across * (f % 32) + down * (f / 32 % 32) + f / 1024);
        weights.putScalar(f, k, wave + 0.2 * random.nextGaussian());
      }
    }
    return weights;
  }

  private static Color at(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }
}
