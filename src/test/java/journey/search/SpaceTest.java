package journey.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {

  private static final Dimension RATE = Dimension.logarithmic("learning rate", 1e-4, 1e-1);
  private static final Dimension DROPOUT = Dimension.real("dropout", 0, 0.5);
  private static final Dimension WIDTH = Dimension.wholeLogarithmic("width", 16, 256);
  private static final Dimension LAYERS = Dimension.whole("layers", 1, 4);
  private static final Dimension OPTIMIZER = Dimension.choice("optimizer", "SGD", "Adam", "AdamW");
  private static final Dimension MOMENTUM =
      Dimension.real("momentum", 0, 0.99).when("optimizer", "SGD");

  static final Space ALL = Space.of(RATE, DROPOUT, WIDTH, LAYERS, OPTIMIZER, MOMENTUM);

  static List<Dimension> dimensions() {
    return ALL.dimensions();
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void eachValueHasAPlaceThatGivesItBack(Dimension dimension) {
    for (double place = 0; place <= 1; place += 0.01) {
      Object value = dimension.at(place);
      double found = dimension.place(value);
      assertTrue(found >= 0 && found <= 1, value + " at " + found);
      if (value instanceof Double number) {
        assertEquals(number, (Double) dimension.at(found), 1e-9);
        assertEquals(place, found, 1e-9);
      } else {
        assertEquals(value, dimension.at(found));
      }
      assertEquals(value, dimension.read(value instanceof Integer i ? (Object) (double) i : value));
    }
  }

  @Test
  void theMiddleOfALogarithmIsTheGeometricMean() {
    assertEquals(Math.sqrt(1e-5), (Double) RATE.at(0.5), 1e-12);
    assertEquals(63, WIDTH.at(0.5));
    assertEquals(0.25, DROPOUT.at(0.5));
  }

  @Test
  void wholeNumbersAndOptionsAreEquallyLikely() {
    for (Dimension dimension : List.of(LAYERS, OPTIMIZER)) {
      Map<Object, Long> counts =
          IntStream.range(0, 12_000)
              .mapToObj(i -> dimension.at((i + 0.5) / 12_000))
              .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
      assertEquals(dimension == LAYERS ? 4 : 3, counts.size());
      long each = 12_000 / counts.size();
      assertTrue(counts.values().stream().allMatch(n -> Math.abs(n - each) <= 1), "" + counts);
    }
  }

  @Test
  void aGridHasBothEndsAndNoValueTwice() {
    assertEquals(List.of(16, 32, 64, 128, 256), WIDTH.grid(5));
    assertEquals(List.of(1, 2, 3, 4), LAYERS.grid(9));
    assertEquals(List.of("SGD", "Adam", "AdamW"), OPTIMIZER.grid(2));
    assertArrayEquals(
        new double[] {1e-4, 1e-3, 1e-2, 1e-1},
        RATE.grid(4).stream().mapToDouble(v -> (Double) v).toArray(),
        1e-12);
    assertEquals(List.of(0.25), DROPOUT.grid(1));
  }

  @Test
  void whatDoesNotApplyIsLeftOut() {
    var random = new SplittableRandom(1);
    List<Parameters> drawn = Stream.generate(() -> ALL.draw(random)).limit(300).toList();
    for (Parameters each : drawn) {
      assertEquals(each.choice("optimizer").equals("SGD"), each.has("momentum"), each.toString());
    }
    assertTrue(drawn.stream().filter(each -> each.has("momentum")).count() > 60);
    Parameters without = ALL.at(0.5, 0.5, 0.5, 0.5, 0.5, 0.9);
    assertEquals(ALL.at(0.5, 0.5, 0.5, 0.5, 0.5, 0.1), without);
    assertThrows(IllegalArgumentException.class, () -> without.real("momentum"));
    assertThrows(IllegalArgumentException.class, () -> without.whole("optimizer"));
  }

  @Test
  void optionsAreEquallyFarFromEachOther() {
    double[] sgd = OPTIMIZER.features("SGD");
    double[] adam = OPTIMIZER.features("Adam");
    double square = 0;
    for (int i = 0; i < sgd.length; i++) {
      square += Math.pow(sgd[i] - adam[i], 2);
    }
    assertEquals(1, square, 1e-12);
    assertEquals(5 + 3, ALL.dimensionsOfFeatures().length);
    assertEquals(8, ALL.features(ALL.at(0, 0, 0, 0, 0, 0)).length);
    assertEquals(5, ALL.dimensionsOfFeatures()[7]);
  }

  @Test
  void aSpaceThatMakesNoSenseIsRefused() {
    List<Runnable> wrong =
        List.of(
            () -> Dimension.real("a", 1, 1),
            () -> Dimension.real("a", 0, Double.POSITIVE_INFINITY),
            () -> Dimension.logarithmic("a", 0, 1),
            () -> Dimension.choice("a", "one"),
            () -> Dimension.choice("a", "one", "one"),
            () -> Space.of(),
            () -> Space.of(RATE, RATE),
            () -> Space.of(MOMENTUM),
            () -> Space.of(MOMENTUM, OPTIMIZER),
            () -> Space.of(OPTIMIZER, DROPOUT.when("optimizer", "Muon")),
            () -> Space.of(LAYERS, DROPOUT.when("layers", "3")));
    wrong.forEach(each -> assertThrows(IllegalArgumentException.class, each::run));
    assertThrows(IllegalArgumentException.class, () -> RATE.read(1.0));
    assertThrows(IllegalArgumentException.class, () -> LAYERS.read(1.5));
    assertThrows(IllegalArgumentException.class, () -> OPTIMIZER.read("Muon"));
    assertThrows(IllegalArgumentException.class, () -> RATE.read(null));
  }

  @Test
  void parametersAreReadAsTheyWereWritten() {
    Parameters parameters = ALL.at(0.3, 0.3, 0.3, 0.3, 0.1, 0.3);
    assertEquals(parameters, ALL.read(parameters.values()));
    assertFalse(ALL.read(ALL.at(0, 0, 0, 0, 0.9, 0).values()).has("momentum"));
    assertEquals(
        "learning rate 0.000794, dropout 0.15, width 36, layers 2, optimizer SGD, momentum 0.297",
        parameters.toString());
  }
}
