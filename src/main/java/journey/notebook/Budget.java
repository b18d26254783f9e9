package journey.notebook;

import java.util.Arrays;
import java.util.Locale;

/**
 * How much work a notebook does. The code is the same for all three; only sizes and epochs differ.
 */
public enum Budget {
  /** Seconds per notebook, enough to see that every cell runs. For tests. */
  SMOKE,
  /** Minutes on two cores, for a reader who sets nothing. */
  STANDARD,
  /** The budget of the committed outputs. */
  FULL;

  private static final String VARIABLE = "JOURNEY_BUDGET";

  /**
   * The budget named by the environment variable {@value #VARIABLE}, {@link #STANDARD} if it is not
   * set.
   *
   * @throws IllegalArgumentException if the variable holds anything but a budget's name
   */
  public static Budget current() {
    return parse(System.getenv(VARIABLE));
  }

  /** The budget of this name, in any case; {@link #STANDARD} for null or blank. */
  static Budget parse(String name) {
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
                        .formatted(VARIABLE, name, Arrays.toString(values()))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
