package journey.bench;

import journey.engine.GraphRunner;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Counts the time of training and leaves out the looks at the validation part: it stops with the
 * last step before an answer is asked for.
 */
final class TrainingClock {

  private long counted;
  private long started = System.nanoTime();
  private long lastStep = started;

  /** The seconds from the start to the last step, but for what lay between it and going on. */
  double seconds() {
    return (counted + lastStep - started) / 1e9;
  }

  /** The training goes on now. */
  void goOn() {
    counted += lastStep - started;
    started = System.nanoTime();
    lastStep = started;
  }

  /** This runner, whose steps the clock takes notice of. */
  GraphRunner watching(GraphRunner runner) {
    runner
        .graph()
        .addListeners(
            new BaseTrainingListener() {
              @Override
              public void iterationDone(Model model, int iteration, int epoch) {
                lastStep = System.nanoTime();
              }
            });
    return runner;
  }
}
