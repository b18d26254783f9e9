package journey.cnn;

import java.io.Serializable;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;

/**
 * What each worker of an {@link AveragedTraining} has to know; it can travel to another machine.
 *
 * @param seed determines the initial weights; each worker shuffles, changes its pictures and drops
 *     out by a seed of its own that follows from it
 * @param preprocessing fitted to all training pictures
 */
public record ShardTraining(
    CnnArchitecture architecture, Recipe recipe, long seed, ChannelStandardizer preprocessing)
    implements Serializable {

  /**
   * Takes up a worker's share of the pictures.
   *
   * @param worker its number, from 0
   */
  public ShardTrainer of(int worker, LabeledImages shard) {
    return new ShardTrainer(this, worker, shard);
  }
}
