package journey.search;

import java.io.Serializable;
import journey.metrics.Estimate;

/**
 * What a search makes as high as it can, such as a network's accuracy on the validation part.
 *
 * <p>Trials may run in several threads, and an objective that is to run in another process must be
 * a named class whose fields are serialisable. It should notice when its thread is interrupted, and
 * end.
 */
@FunctionalInterface
public interface Objective extends Serializable {

  /**
   * Tries parameters.
   *
   * @return the score, the higher the better; one that is not finite says that the training
   *     diverged
   * @throws Exception if the trial fails; the search goes on with others
   */
  Estimate evaluate(Suggestion suggestion) throws Exception;
}
