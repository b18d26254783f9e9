package journey.plot;

import static journey.plot.Picture.assertFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import journey.metrics.Estimate;
import org.junit.jupiter.api.Test;

class SampleSizeFigureTest {

  private static final List<Estimate> RISING =
      List.of(
          Estimate.mean(0.5, 0.52, 0.55),
          Estimate.mean(0.6, 0.62, 0.65),
          Estimate.mean(0.8, 0.82, 0.83));

  private static final List<Estimate> FLAT =
      List.of(Estimate.mean(0.55), Estimate.mean(0.55), Estimate.mean(0.55));

  private static SampleSizeFigure figure() {
    return SampleSizeFigure.of("labelled pictures", "accuracy", 10, 100, 1_099);
  }

  @Test
  void drawsALineForEachMethodAndABandWhereThereIsOne() {
    BufferedImage one = figure().add("rising", RISING).draw();
    BufferedImage two = figure().add("rising", RISING).add("flat", FLAT).draw();
    assertFits(two);
    assertTrue(new Picture(one).count(Theme.ofGroup(0)) > 500);
    assertEquals(0, new Picture(one).count(Theme.ofGroup(1)));
    assertTrue(new Picture(two).count(Theme.ofGroup(1)) > 500);
    BufferedImage certain = figure().add("rising", FLAT).draw();
    assertTrue(new Picture(one).colours() > new Picture(certain).colours());
  }

  @Test
  void theBaselineIsDashed() {
    BufferedImage without = figure().add("flat", FLAT).draw();
    BufferedImage with = figure().add("flat", FLAT).baseline("always cat", 0.5).draw();
    assertFits(with);
    assertTrue(
        new Picture(with).count(Theme.REFERENCE)
            > new Picture(without).count(Theme.REFERENCE) + 100);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalArgumentException.class, () -> SampleSizeFigure.of("texts", "F1", 10));
    SampleSizeFigure figure = figure();
    assertThrows(IllegalStateException.class, figure::draw);
    String message =
        assertThrows(IllegalArgumentException.class, () -> figure.add("two", RISING.subList(0, 2)))
            .getMessage();
    assertTrue(message.contains("each of 3 sizes, but has 2"), message);
    figure.add("one", RISING);
    assertThrows(IllegalArgumentException.class, () -> figure.add("one", RISING));
  }
}
