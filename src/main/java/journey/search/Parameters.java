package journey.search;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import journey.metrics.LearningRate;

/**
 * A value for each hyper-parameter that applies.
 *
 * @param values by name, in the space's order: a {@link Double}, an {@link Integer} or a {@link
 *     String}
 */
public record Parameters(Map<String, Object> values) implements Serializable {

  /** A copy that stays as it is. */
  public Parameters {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether this parameter applies here. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double real(String name) {
    return value(name, Number.class).doubleValue();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public int whole(String name) {
    return value(name, Integer.class);
  }

  /**
   * An option.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public String choice(String name) {
    return value(name, String.class);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalArgumentException(
        "there is no \"%s\" of type %s among %s".formatted(name, type.getSimpleName(), values));
  }

  /** Such as {@code learning rate 0.003, width 64, optimizer Adam}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + text(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Double number ? LearningRate.text(number) : value.toString();
  }
}
