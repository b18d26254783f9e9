package journey.cnn;

import java.util.LinkedHashMap;
import java.util.Map;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.Score;

/**
 * The pictures that a network is asked about after each epoch.
 *
 * @param again some of those that it learns from, or null
 * @param validation some that it does not learn from, or null
 */
record EvaluatedParts(ValidationPart again, ValidationPart validation) {

  /** What the history of the training holds of an epoch. */
  Map<String, Double> measured(GraphRunner runner, double trainLoss) {
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(TrainingHistory.TRAIN_LOSS, trainLoss);
    Score score = validation == null ? null : validation.score(runner);
    if (score != null) {
      measured.put(TrainingHistory.VALIDATION_LOSS, score.loss());
    }
    if (again != null) {
      measured.put(TrainingHistory.TRAIN_ACCURACY, again.score(runner).accuracy());
    }
    if (score != null) {
      measured.put(TrainingHistory.VALIDATION_ACCURACY, score.accuracy());
    }
    return measured;
  }
}
