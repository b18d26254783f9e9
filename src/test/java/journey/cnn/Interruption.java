package journey.cnn;

import java.util.concurrent.atomic.AtomicInteger;
import journey.engine.GraphRunner;

/** Interrupts the thread in the n-th step of a training, as a notebook's stop button does. */
final class Interruption {

  private Interruption() {}

  /** The runner, whose n-th step ends with an interrupted thread. */
  static GraphRunner inStep(int n, GraphRunner runner) {
    var steps = new AtomicInteger();
    AfterEachStep.of(
        runner.graph(),
        () -> {
          if (steps.incrementAndGet() == n) {
            Thread.currentThread().interrupt();
          }
        });
    return runner;
  }
}
