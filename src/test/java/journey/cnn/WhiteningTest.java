package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WhiteningTest {

  private static final int PICTURES = 40;

  /** Smooth pictures whose channels resemble each other, so that there is something to whiten. */
  private static INDArray pictures() {
    var random = new Random(1);
    INDArray pictures = Nd4j.zeros(PICTURES, 3, 32, 32);
    for (int i = 0; i < PICTURES; i++) {
      double slope = random.nextGaussian();
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          double grey = Math.sin(slope * (x + y) / 5) + 0.3 * random.nextGaussian();
          for (int c = 0; c < 3; c++) {
            double value = grey + 0.2 * c * random.nextGaussian();
            pictures.putScalar(new int[] {i, c, y, x}, value);
          }
        }
      }
    }
    return pictures.muli(3);
  }

  /** λ/(λ + 0.0005) in each direction, no two directions together: close to the unit matrix. */
  @Test
  void whatTheWhiteningLayerGivesIsUncorrelatedAndOfSizeOne() {
    INDArray pictures = pictures();
    var graph = new FastCnn(2).network(Recipes.fast(10), 1, pictures);
    INDArray bias = graph.getLayer("whitening").getParam("b");
    assertEquals(0, bias.norm2Number().doubleValue());
    INDArray maps =
        graph.getLayer("whitening").activate(pictures, false, LayerWorkspaceMgr.noWorkspaces());
    INDArray rows = maps.permute(1, 0, 2, 3).dup('c').reshape(24, PICTURES * 31L * 31L);
    INDArray products = rows.mmul(rows.transpose()).divi(PICTURES * 31 * 31);
    for (int a = 0; a < 24; a++) {
      for (int b = 0; b < 24; b++) {
        double expected = a == b ? 1 : Math.abs(a - b) == 12 ? -1 : 0;
        assertEquals(expected, products.getDouble(a, b), 0.02, a + ", " + b);
      }
    }
  }

  @Test
  void theFirstFilterIsOfTheLargestEigenvalueAndHasTheSmallestWeights() {
    INDArray filters = Whitening.of(pictures()).filters();
    for (int i = 1; i < 12; i++) {
      double before = filters.slice(i - 1).norm2Number().doubleValue();
      assertTrue(filters.slice(i).norm2Number().doubleValue() >= before);
    }
    assertEquals(filters.slice(0).neg(), filters.slice(12));
  }

  @Test
  void greyPicturesAreWhitenedByEightFilters() {
    INDArray grey = pictures().mean(true, 1);
    INDArray filters = Whitening.of(grey).filters();
    assertArrayEquals(new long[] {8, 1, 2, 2}, filters.shape());
    assertEquals(8, Whitening.filterCount(1));
    assertEquals(filters.slice(0).neg(), filters.slice(4));
  }

  @Test
  void picturesOfAnotherShapeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Whitening.of(Nd4j.zeros(5, 3072)));
    assertThrows(IllegalArgumentException.class, () -> Whitening.of(Nd4j.zeros(0, 3, 32, 32)));
  }
}
