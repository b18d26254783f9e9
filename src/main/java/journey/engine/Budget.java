package journey.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much work a notebook does. The code is the same for all three; only sizes and epochs differ.
 */
public enum Budget {
  /** Seconds per notebook: enough to see that every cell runs. For tests. */
  SMOKE,
  /** Minutes on two cores: what a reader gets who sets nothing. */
  STANDARD,
  /** What the committed outputs were made with. */
  FULL;

  /** The environment variable that names the budget. */
  public static final String VARIABLE = "JOURNEY_BUDGET";

  /**
   * The budget that {@value #VARIABLE} names, {@link #STANDARD} if it is not set.
   *
   * @throws IllegalArgumentException if the variable holds anything but a budget's name
   */
  public static Budget current() {
    return parse(System.getenv(VARIABLE));
  }

  /**
   * The budget of this name, in any case; {@link #STANDARD} for null or blank.
   *
   * @throws IllegalArgumentException if there is no such budget
   */
  public static Budget parse(String name) {
    if (name == null || name.isBlank()) {
      return STANDARD;
    }
    return Arrays.stream(values())
        .filter(budget -> budget.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is \"%s\"; it must be one of %s"
                        .formatted(
                            VARIABLE,
                            name,
                            Arrays.stream(values())
                                .map(Budget::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** The value for this budget, out of one for each. */
  public <T> T choose(T smoke, T standard, T full) {
    return switch (this) {
      case SMOKE -> smoke;
      case STANDARD -> standard;
      case FULL -> full;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
