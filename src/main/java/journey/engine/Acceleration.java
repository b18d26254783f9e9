package journey.engine;

import journey.engine.onednn.OneDnn;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether oneDNN can run CNNs directly.
 *
 * @param on whether it can
 * @param detail oneDNN's version if it can, else why not
 */
public record Acceleration(boolean on, String detail) {

  /** The system property that switches it off: {@code -Djourney.acceleration=off}. */
  public static final String PROPERTY = "journey.acceleration";

  /** Tries to load oneDNN and finds the first obstacle. */
  public static Acceleration detect() {
    if ("off".equalsIgnoreCase(System.getProperty(PROPERTY))) {
      return new Acceleration(false, "switched off; -D" + PROPERTY + "=off is set");
    }
    if (!Nd4j.getEnvironment().isCPU()) {
      return new Acceleration(false, "available on the CPU only");
    }
    try {
      return new Acceleration(true, OneDnn.describe());
    } catch (LinkageError e) {
      return new Acceleration(false, "there are no natives of oneDNN for this platform");
    }
  }

  @Override
  public String toString() {
    return on ? detail + " acceleration on" : "oneDNN acceleration off (" + detail + ")";
  }
}
