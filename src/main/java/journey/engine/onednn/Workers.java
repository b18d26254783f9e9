package journey.engine.onednn;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Java threads that share out the tasks of an instruction. Each task is done by one thread, in
 * which oneDNN's products use no further ones; a thread that has lost its core holds up no more
 * than its own task.
 */
public final class Workers {

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "journey-tiles");
            thread.setDaemon(true);
            return thread;
          });

  private static volatile IntSupplier limit = () -> 1;
  private static volatile IntConsumer setLimit = threads -> {};

  private Workers() {}

  /**
   * Tells how many threads native code uses when it is called by the current thread. Until then all
   * is done by one.
   *
   * @param current that number
   * @param change sets it
   */
  public static void follow(IntSupplier current, IntConsumer change) {
    limit = current;
    setLimit = change;
  }

  /** How many threads the calling thread may use. */
  static int count() {
    return Math.max(1, limit.getAsInt());
  }

  /** A task, done by one of the threads, which are counted from 0. */
  interface Task {
    void run(int worker, int task);
  }

  /** Does the tasks {@code 0 .. tasks - 1}, in any order, by at most so many threads. */
  static void share(int tasks, int most, Task task) {
    int own = count();
    int threads = Math.min(tasks, most);
    var next = new AtomicInteger();
    var failure = new AtomicReference<Throwable>();
    var others = new CountDownLatch(threads - 1);
    for (int i = 1; i < threads; i++) {
      int worker = i;
      POOL.execute(
          () -> {
            try {
              work(worker, next, tasks, task);
            } catch (Throwable e) {
              failure.set(e);
            } finally {
              others.countDown();
            }
          });
    }
    try {
      work(0, next, tasks, task);
    } finally {
      setLimit.accept(own);
      await(others);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a thread could not do its task", failure.get());
    }
  }

  private static void work(int worker, AtomicInteger next, int tasks, Task task) {
    setLimit.accept(1);
    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
      task.run(worker, i);
    }
  }

  /** The others write into memory of the caller's, so not even an interruption may leave them. */
  private static void await(CountDownLatch others) {
    boolean interrupted = false;
    while (true) {
      try {
        others.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
