package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import journey.data.Cifar10;
import journey.data.LabeledImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProbabilityBarsTest {

  @Test
  void barsAreAsLongAsTheProbabilitiesAndTheTrueClassIsOrange() {
    // Both are of class 0: it gets a quarter for the first picture, nothing for the second.
    INDArray answers = Nd4j.create(new double[][] {{0.25, 0.75, 0}, {0, 0.5, 0.5}});
    var picture = new Picture(ProbabilityBars.of(black(2), answers).draw());
    int orange = picture.count(Theme.VALIDATION);
    int blue = picture.count(Theme.TRAIN);
    assertEquals(7, (double) blue / orange, 0.1);
    int half = picture.image().getWidth() / 2;
    Picture second = picture.part(half + 40, 0, 2 * half, picture.image().getHeight());
    assertEquals(0, second.count(Theme.VALIDATION));
  }

  @Test
  void fivePicturesFitIntoANotebook() {
    var picture = new Picture(ProbabilityBars.of(black(5), Nd4j.ones(5, 3).divi(3)).draw());
    assertTrue(picture.image().getWidth() <= Theme.WIDTH, picture.image().toString());
    assertTrue(picture.pngBytes() < 100_000);
  }

  @Test
  void refusesWhatIsNoAnswerToThesePictures() {
    assertThrows(
        IllegalArgumentException.class, () -> ProbabilityBars.of(black(2), Nd4j.ones(2, 3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> ProbabilityBars.of(black(2), Nd4j.ones(3, 3).divi(3)));
  }

  private static LabeledImages black(int count) {
    byte[] pixels = new byte[count * Cifar10.FEATURES];
    return new LabeledImages(
        Cifar10.SHAPE, pixels, new int[count], List.of("airplane", "bird", "cat"));
  }
}
