package journey.engine;

import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether Deeplearning4j's layers compute through oneDNN.
 *
 * @param on whether they do
 * @param reason why not; empty if they do
 */
public record Helpers(boolean on, String reason) {

  /** Asks Deeplearning4j and finds the first obstacle. */
  static Helpers detect() {
    if (Boolean.parseBoolean(
        System.getProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, "true"))) {
      return off(
          "switched off; -D" + DL4JSystemProperties.DISABLE_HELPER_PROPERTY + "=false is not set");
    }
    if (!Nd4j.getEnvironment().isCPU()) {
      return off("they exist for the CPU only");
    }
    if (!BaseMKLDNNHelper.mklDnnEnabled()) {
      return off("the natives in use have no oneDNN");
    }
    return new Helpers(true, "");
  }

  private static Helpers off(String reason) {
    return new Helpers(false, reason);
  }

  @Override
  public String toString() {
    return on ? "oneDNN helpers on" : "oneDNN helpers off (" + reason + ")";
  }
}
