package journey.engine;

import java.util.function.Supplier;

/** Runs something while a system property has another value. */
public final class SystemProperty {

  private SystemProperty() {}

  public static <T> T with(String name, String value, Supplier<T> action) {
    String before = System.getProperty(name);
    System.setProperty(name, value);
    try {
      return action.get();
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }
}
