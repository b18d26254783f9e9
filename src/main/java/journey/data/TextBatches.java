package journey.data;

import java.util.Iterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Texts of different lengths in batches, in a new random order each epoch. Each batch is only as
 * long as its longest text; the padding that all of its texts have in common is cut off. Most
 * questions have ten words, so this saves most of the time that one of forty words would cost.
 *
 * <p>A batch also has the mask that Deeplearning4j's layers take: 1 for a word, 0 for padding.
 */
public final class TextBatches implements Batches {

  private final MiniBatches whole;

  /**
   * Texts as {@link Vocabulary#encode} gives them, with their targets.
   *
   * @param numbers {@code [texts, length]}
   * @param targets {@code [texts, classes]}
   * @throws IllegalArgumentException as {@link MiniBatches} does
   */
  public TextBatches(INDArray numbers, INDArray targets, int batchSize, long seed) {
    this.whole = new MiniBatches(numbers, targets, batchSize, seed);
  }

  @Override
  public int count() {
    return whole.count();
  }

  @Override
  public Iterable<DataSet> epoch(int epoch) {
    Iterable<DataSet> batches = whole.epoch(epoch);
    return () -> trimmed(batches.iterator());
  }

  private static Iterator<DataSet> trimmed(Iterator<DataSet> batches) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public DataSet next() {
        DataSet batch = batches.next();
        INDArray numbers = trimmed(batch.getFeatures());
        return new DataSet(numbers, batch.getLabels(), mask(numbers), null);
      }
    };
  }

  /**
   * The texts without the padding that all of them begin with.
   *
   * @param numbers {@code [texts, length]}
   * @return a new array {@code [texts, shorter length]}; at least one column is left
   */
  public static INDArray trimmed(INDArray numbers) {
    double[] columns = numbers.sum(0).toDoubleVector();
    int first = 0;
    while (first < columns.length - 1 && columns[first] == Vocabulary.PADDING) {
      first++;
    }
    return numbers.get(NDArrayIndex.all(), NDArrayIndex.interval(first, columns.length)).dup('c');
  }

  /** 1 for each word and 0 for padding, of the texts' shape. */
  public static INDArray mask(INDArray numbers) {
    return numbers.gt(Vocabulary.PADDING).castTo(numbers.dataType());
  }
}
