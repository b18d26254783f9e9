package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionPanelsTest {

  @Test
  void aNameKeepsItsColourInEveryPanel() {
    Map<String, DoubleUnaryOperator> both = new LinkedHashMap<>();
    both.put("line", x -> x);
    both.put("square", x -> x * x);
    BufferedImage image =
        FunctionPanels.over("x", -1, 1)
            .panel("value", both)
            .panel("slope", Map.of("square", x -> 2 * x))
            .draw();
    assertEquals(Theme.WIDTH, image.getWidth());
    int half = Theme.WIDTH / 2;
    Picture left = new Picture(image).part(0, 0, half, image.getHeight());
    Picture right = new Picture(image).part(half, 0, Theme.WIDTH, image.getHeight());
    assertTrue(left.count(Theme.ofGroup(0)) > 50);
    assertTrue(left.count(Theme.ofGroup(1)) > 50);
    assertEquals(0, right.count(Theme.ofGroup(0)));
    assertTrue(right.count(Theme.ofGroup(1)) > 50);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalArgumentException.class, () -> FunctionPanels.over("x", 1, 1));
    FunctionPanels panels = FunctionPanels.over("x", 0, 1);
    assertThrows(IllegalStateException.class, panels::draw);
    assertThrows(IllegalArgumentException.class, () -> panels.panel("y", Map.of()));
  }
}
