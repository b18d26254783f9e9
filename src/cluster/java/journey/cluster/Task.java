package journey.cluster;

import java.util.concurrent.Callable;
import journey.memory.Threads;
import org.apache.spark.SparkEnv;

/** What all tasks have in common: each computes on one thread. */
final class Task {

  private Task() {}

  static <T> T run(Callable<T> work) throws Exception {
    return Threads.alone(
        () -> {
          if (!SparkEnv.get().executorId().equals("driver")) {
            Threads.limitLibraries();
          }
          return work.call();
        });
  }
}
