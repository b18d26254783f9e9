package journey.data;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Checks a property with random cases that are new in every run, and names the seed that fails. */
public final class Property {

  private static final int CASES = 30;

  private Property() {}

  public static void holds(Consumer<Random> property) {
    for (int i = 0; i < CASES; i++) {
      holdsFor(ThreadLocalRandom.current().nextLong(), property);
    }
  }

  /** One case again, by the seed that a failure named. */
  public static void holdsFor(long seed, Consumer<Random> property) {
    try {
      property.accept(new Random(seed));
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "fails for seed %dL: %s".formatted(seed, failure.getMessage()), failure);
    }
  }
}
