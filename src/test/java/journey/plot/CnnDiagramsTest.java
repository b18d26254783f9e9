package journey.plot;

import static journey.plot.Picture.assertFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class CnnDiagramsTest {

  private static final int CELL = 24;

  @Test
  void paddingMakesPictureAndMapLarger() {
    BufferedImage bare = SlidingWindowDiagram.of(6, 3).draw();
    BufferedImage padded = SlidingWindowDiagram.of(6, 3).padding(1).draw();
    assertEquals(2 * CELL, padded.getHeight() - bare.getHeight());
    assertEquals(4 * CELL, padded.getWidth() - bare.getWidth());
    assertFits(padded);
  }

  @Test
  void theSecondPlaceIsAStrideFurther() {
    Picture near = new Picture(SlidingWindowDiagram.of(8, 3).draw());
    Picture far = new Picture(SlidingWindowDiagram.of(8, 3).stride(2).draw());
    int picture = 16 + 8 * CELL + 10;
    int height = near.image().getHeight();
    assertEquals(
        CELL,
        far.part(0, 0, picture, height).rightmost(Theme.VALIDATION)
            - near.part(0, 0, picture, height).rightmost(Theme.VALIDATION));
  }

  @Test
  void theSkipConnectionSpansAllLayers() {
    BufferedImage one = ResidualDiagram.of("convolution").draw();
    BufferedImage two = ResidualDiagram.of("convolution", "ReLU").draw();
    int wider = two.getWidth() - one.getWidth();
    assertTrue(wider > 40);
    int longer =
        new Picture(two).count(Theme.VALIDATION) - new Picture(one).count(Theme.VALIDATION);
    assertTrue(longer >= wider, longer + " more pixels for a line longer by " + wider);
    assertFits(two);
  }

  @Test
  void aBlockIsAsHighAsItsMapsAndTheWiderTheMoreThereAre() {
    Picture picture = new Picture(ArchitectureDiagram.of().network("a", layers()).draw());
    Color block = ColourScale.between(Color.WHITE, Theme.TRAIN, .35);
    int first = 140 + 10;
    int second = 140 + 8 + 18 + 13 + 6 + 13 + 10;
    assertEquals(2 * 32, picture.countInColumn(first, block), 3);
    assertEquals(2 * 16, picture.countInColumn(second, block), 3);
    assertTrue(picture.count(Theme.VALIDATION) > 0, "a pooling");
    assertTrue(picture.count(Theme.TEST) > 0, "an output");
    assertEquals(second + 34, picture.rightmost(block), 10);
    assertFits(picture.image());
  }

  @Test
  void whatIsFrozenIsGrey() {
    Table layers = layers();
    StringColumn kind = layers.stringColumn("kind");
    for (int row = 0; row < 3; row++) {
      kind.set(row, kind.get(row) + ", frozen");
    }
    Picture picture = new Picture(ArchitectureDiagram.of().network("a", layers).draw());
    assertTrue(picture.count(Theme.REFERENCE) > 100);
    assertEquals(0, picture.count(Theme.TRAIN));
    assertEquals(0, picture.count(Theme.VALIDATION));
    assertTrue(picture.count(Theme.TEST) > 0, "the output learns");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertMessage("found 7", () -> SlidingWindowDiagram.of(6, 7));
    assertMessage("found -1", () -> SlidingWindowDiagram.of(6, 3).padding(-1));
    assertMessage("found 0", () -> SlidingWindowDiagram.of(6, 3).stride(0));
    assertMessage("none", ResidualDiagram::of);
    assertMessage("\"a\"", () -> ArchitectureDiagram.of().network("a", Table.create("empty")));
    assertThrows(IllegalStateException.class, () -> ArchitectureDiagram.of().draw());
  }

  private static Table layers() {
    return Table.create(
        StringColumn.create(
            "kind", "convolution 3x3", "max pooling 2x2", "convolution 3x3", "output, softmax", ""),
        StringColumn.create(
            "output shape", "64 x 32 x 32", "64 x 16 x 16", "256 x 16 x 16", "10", ""));
  }

  private static void assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
