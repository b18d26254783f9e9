package journey.data;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs tasks one after another on a daemon thread, which is busy only while there are any. */
final class Background {

  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** Runs the task when all before it are done, however they ended. */
  <T> CompletableFuture<T> submit(Supplier<T> task) {
    CompletableFuture<T> next = last.handleAsync((any, failure) -> task.get());
    last = next;
    return next;
  }

  /** Waits until all tasks are done, however they end. */
  void await() {
    last.handle((any, failure) -> null).join();
  }
}
