package journey.cnn;

import java.util.ArrayList;
import java.util.List;
import journey.data.LabeledImages;

/** Who trains the shards of an {@link AveragedTraining}. */
public interface Workers {

  /** How many there are; each gets a shard. */
  int count();

  /**
   * Hands out the pictures.
   *
   * @param shards one for each worker
   */
  Crew begin(ShardTraining training, List<LabeledImages> shards);

  /** Workers with their shards. */
  interface Crew extends AutoCloseable {

    /**
     * Lets each worker go on from this state by the next steps.
     *
     * @param done how many steps of the training lie before
     * @param until how many will, when this returns
     * @return the sum of their states
     * @throws InterruptedException if the thread is interrupted; the round is void
     * @throws journey.nn.DivergedException if the loss or a parameter of one is no longer finite
     */
    NetworkState sum(NetworkState from, int done, int until) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * This process, which does the work of so many, one after the other: what averaging makes of a
   * training can be seen on one machine.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workers here(int count) {
    return new Here(count);
  }

  /** The workers of one process. */
  record Here(int count) implements Workers {

    public Here {
      Recipe.require(count >= 1, "number of workers", "at least 1", count);
    }

    @Override
    public Crew begin(ShardTraining training, List<LabeledImages> shards) {
      List<ShardTrainer> trainers = new ArrayList<>();
      for (LabeledImages shard : shards) {
        trainers.add(training.of(trainers.size(), shard));
      }
      return new Crew() {
        @Override
        public NetworkState sum(NetworkState from, int done, int until)
            throws InterruptedException {
          NetworkState sum = NetworkState.NONE;
          for (ShardTrainer trainer : trainers) {
            sum = sum.plus(trainer.train(from, done, until));
          }
          return sum;
        }

        @Override
        public void close() {
          trainers.forEach(ShardTrainer::close);
        }
      };
    }

    @Override
    public String toString() {
      return count == 1 ? "1 worker in this process" : count + " workers in this process";
    }
  }
}
