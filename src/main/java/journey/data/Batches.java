package journey.data;

import org.nd4j.linalg.dataset.DataSet;

/**
 * The examples of a training, handed out in mini-batches epoch by epoch. Epochs are counted from 1.
 *
 * <p>All batches may share their arrays: <em>a batch is valid until the next one is asked for</em>,
 * and one epoch must end before the next begins.
 */
public interface Batches {

  /** Batches per epoch. */
  int count();

  /**
   * The batches of an epoch, which depend on nothing but its number: a training that is resumed at
   * epoch 7 sees what it would have seen without the break. An epoch may be left before its end.
   *
   * @param epoch counted from 1
   */
  Iterable<DataSet> epoch(int epoch);
}
