package journey.cluster;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import journey.cnn.NetworkState;
import journey.cnn.ShardTraining;
import journey.cnn.Workers;
import journey.data.LabeledImages;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A round is a job of Spark's, with a task for each shard. The weights are broadcast, and the
 * states that the tasks end with are summed up in a tree. If a worker is lost, others do its share
 * again.
 */
record SparkWorkers(Cluster cluster) implements Workers {

  @Override
  public int count() {
    return cluster.size();
  }

  @Override
  public Crew begin(ShardTraining training, List<LabeledImages> shards) {
    JavaSparkContext context = cluster.context();
    String name = UUID.randomUUID().toString();
    List<Broadcast<Pictures>> pictures =
        shards.stream().map(shard -> context.broadcast(Pictures.of(shard))).toList();
    // Cached, so that Spark prefers the worker that had the shard in the round before.
    JavaRDD<Integer> numbers =
        context
            .parallelize(IntStream.range(0, shards.size()).boxed().toList(), shards.size())
            .cache();
    return new Crew() {
      @Override
      public NetworkState sum(NetworkState from, int done, int until) throws InterruptedException {
        Broadcast<NetworkState> start = context.broadcast(from);
        try {
          return cluster.run(() -> round(name, training, pictures, numbers, start, done, until));
        } finally {
          start.destroy();
        }
      }

      @Override
      public void close() {
        numbers.unpersist();
        pictures.forEach(Broadcast::destroy);
        KeptTrainers.forget(name);
      }
    };
  }

  private static NetworkState round(
      String name,
      ShardTraining training,
      List<Broadcast<Pictures>> pictures,
      JavaRDD<Integer> numbers,
      Broadcast<NetworkState> start,
      int done,
      int until) {
    return numbers.treeAggregate(
        NetworkState.NONE,
        (sum, worker) ->
            sum.plus(
                Task.run(
                    () ->
                        KeptTrainers.train(
                            name,
                            worker,
                            () -> training.of(worker, pictures.get(worker).value().images()),
                            trainer -> trainer.train(start.value(), done, until)))),
        NetworkState::plus);
  }

  @Override
  public String toString() {
    return cluster.toString();
  }
}
