package journey.cluster;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import journey.cnn.NetworkState;
import journey.cnn.ShardTrainer;

/**
 * What a worker's process keeps from one round to the next: the shards that it trained, each with
 * its network. Spark has no other place for what cannot be written down.
 */
final class KeptTrainers {

  private static final Map<Key, ShardTrainer> IDLE = new HashMap<>();

  private record Key(String training, int worker) {}

  /** The work of a round. */
  @FunctionalInterface
  interface Work {
    NetworkState of(ShardTrainer trainer) throws InterruptedException;
  }

  private KeptTrainers() {}

  /**
   * Does the work of a round with the shard's trainer, which is made where this process has none.
   */
  static NetworkState train(String training, int worker, Supplier<ShardTrainer> made, Work work)
      throws InterruptedException {
    var key = new Key(training, worker);
    ShardTrainer trainer = take(key);
    if (trainer == null) {
      trainer = made.get();
    }
    boolean whole = false;
    try {
      NetworkState state = work.of(trainer);
      whole = true;
      return state;
    } finally {
      if (!whole || !keep(key, trainer)) {
        trainer.close();
      }
    }
  }

  /** Also closes what other trainings have left, whose end a worker is not told. */
  private static synchronized ShardTrainer take(Key key) {
    ShardTrainer taken = IDLE.remove(key);
    close(other -> !other.training().equals(key.training()));
    return taken;
  }

  private static synchronized boolean keep(Key key, ShardTrainer trainer) {
    return IDLE.putIfAbsent(key, trainer) == null;
  }

  /** Closes what is left of a training in this process. */
  static synchronized void forget(String training) {
    close(key -> key.training().equals(training));
  }

  private static void close(Predicate<Key> which) {
    Iterator<Map.Entry<Key, ShardTrainer>> all = IDLE.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, ShardTrainer> each = all.next();
      if (which.test(each.getKey())) {
        each.getValue().close();
        all.remove();
      }
    }
  }
}
