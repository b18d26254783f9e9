package journey.cnn;

import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import journey.nn.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pictures that a network is evaluated on.
 *
 * @param pictures {@code [n, channels, side, side]}, standardised
 * @param labels the class number of each
 * @param augmentation how many views of each the network is asked about
 */
record ValidationPart(INDArray pictures, int[] labels, TestTimeAugmentation augmentation) {

  /**
   * These pictures.
   *
   * @param rows the pictures {@code [n, features]}, standardised
   */
  static ValidationPart of(INDArray rows, LabeledImages images, TestTimeAugmentation augmentation) {
    return new ValidationPart(
        rows.reshape(images.shape().batch(images.size())), images.labels(), augmentation);
  }

  /** Mean cross-entropy and accuracy. */
  Score score(GraphRunner runner) {
    float[][] answers = augmentation.probabilities(runner, pictures).toFloatMatrix();
    double loss = 0;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      loss -= Math.log(Math.max(answers[i][labels[i]], Float.MIN_NORMAL));
      right += highest(answers[i]) == labels[i] ? 1 : 0;
    }
    return new Score(loss / labels.length, (double) right / labels.length);
  }

  private static int highest(float[] answers) {
    int best = 0;
    for (int c = 1; c < answers.length; c++) {
      best = answers[c] > answers[best] ? c : best;
    }
    return best;
  }
}
