package journey.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The hyper-parameters that a search chooses.
 *
 * <pre>{@code
 * Space.of(
 *     Dimension.logarithmic("learning rate", 1e-4, 1e-1),
 *     Dimension.choice("optimizer", "SGD", "Adam"),
 *     Dimension.real("momentum", 0, 0.99).when("optimizer", "SGD"))
 * }</pre>
 */
public final class Space {

  private final List<Dimension> dimensions;

  private Space(List<Dimension> dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * A space of these dimensions.
   *
   * @throws IllegalArgumentException if there is none, two have the same name, or one depends on an
   *     option that no choice before it has
   */
  public static Space of(Dimension... dimensions) {
    Map<String, Dimension> earlier = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      Dimension choice = earlier.get(dimension.choice());
      if (dimension.choice() != null
          && (choice == null || !choice.options().contains(dimension.option()))) {
        throw new IllegalArgumentException(
            "there is no choice before it that has this option: " + dimension);
      }
      if (earlier.put(dimension.name(), dimension) != null) {
        throw new IllegalArgumentException("\"%s\" is there twice".formatted(dimension.name()));
      }
    }
    if (earlier.isEmpty()) {
      throw new IllegalArgumentException("a space needs at least one dimension");
    }
    return new Space(List.of(dimensions));
  }

  /** The dimensions, in order. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** The number of dimensions. */
  public int size() {
    return dimensions.size();
  }

  /**
   * The parameters at a point.
   *
   * @param places a place from 0 to 1 for each dimension
   */
  public Parameters at(double... places) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      Dimension dimension = dimensions.get(i);
      if (dimension.appliesTo(values)) {
        values.put(dimension.name(), dimension.at(places[i]));
      }
    }
    return new Parameters(values);
  }

  /** Parameters drawn at random, every place of a dimension equally likely. */
  public Parameters draw(RandomGenerator random) {
    return at(random.doubles(size()).toArray());
  }

  /** The places of these parameters; 0.5 for one that does not apply. */
  double[] places(Parameters parameters) {
    return dimensions.stream()
        .mapToDouble(
            d -> parameters.has(d.name()) ? d.place(parameters.values().get(d.name())) : 0.5)
        .toArray();
  }

  /** The coordinates of these parameters, those of one dimension after those of another. */
  double[] features(Parameters parameters) {
    return dimensions.stream()
        .flatMapToDouble(d -> DoubleStream.of(d.features(parameters.values().get(d.name()))))
        .toArray();
  }

  /** The dimension that each coordinate belongs to. */
  int[] dimensionsOfFeatures() {
    return IntStream.range(0, size())
        .flatMap(i -> Arrays.stream(dimensions.get(i).features(null)).mapToInt(feature -> i))
        .toArray();
  }

  /**
   * All combinations of so many values of each dimension; of a choice, of all its options.
   *
   * @throws IllegalArgumentException if they are more than {@code most}, or there is not one
   *     positive number of points for each dimension
   */
  List<Parameters> grid(List<Integer> points, int most) {
    if (points.size() != size() || points.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "expected a positive number of points for each of %d dimensions, but found %s"
              .formatted(size(), points));
    }
    List<Map<String, Object>> grid = List.of(Map.of());
    for (int i = 0; i < size(); i++) {
      Dimension dimension = dimensions.get(i);
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> start : grid) {
        if (!dimension.appliesTo(start)) {
          longer.add(start);
          continue;
        }
        for (Object value : dimension.grid(points.get(i))) {
          Map<String, Object> values = new LinkedHashMap<>(start);
          values.put(dimension.name(), value);
          longer.add(values);
        }
      }
      grid = longer;
      if (grid.size() > most) {
        throw new IllegalArgumentException(
            "a grid of %s points has more than %d trials; take fewer points, or search at random"
                .formatted(points, most));
      }
    }
    return grid.stream().map(Parameters::new).toList();
  }

  /**
   * Parameters that were written as JSON.
   *
   * @throws IllegalArgumentException if they are none of this space
   */
  Parameters read(Map<String, ?> json) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      if (dimension.appliesTo(values)) {
        values.put(dimension.name(), dimension.read(json.get(dimension.name())));
      }
    }
    return new Parameters(values);
  }

  /** All dimensions with their ranges. */
  @Override
  public String toString() {
    return dimensions.stream().map(Dimension::toString).collect(Collectors.joining("; "));
  }
}
