package journey.bench;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The sizes of the notebooks' networks, and arrays of such sizes. */
final class LayerSizes {

  /** Examples in a training epoch: CIFAR-10's 50,000 without the validation part. */
  static final int EXAMPLES = 45_000;

  /** Colour values of a picture. */
  static final int FEATURES = 3_072;

  /** Examples in a batch. */
  static final int BATCH = 64;

  private LayerSizes() {}

  /** Numbers from 0 to 1, as pictures are, float32 in 'c' order. */
  static INDArray pictures(int rows, int columns) {
    return Nd4j.rand(DataType.FLOAT, rows, columns);
  }
}
