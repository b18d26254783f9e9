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
 * @param validation those that it does not learn from
 */
record EvaluatedParts(ValidationPart again, ValidationPart validation) {

  /** What the history of the training holds of an epoch. */
  Map<String, Double> measured(GraphRunner runner, double trainLoss) {
    Score score = validation.score(runner);
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(TrainingHistory.TRAIN_LOSS, trainLoss);
    measured.put(TrainingHistory.VALIDATION_LOSS, score.loss());
    if (again != null) {
      measured.put(TrainingHistory.TRAIN_ACCURACY, again.score(runner).accuracy());
    }
    measured.put(TrainingHistory.VALIDATION_ACCURACY, score.accuracy());
    return measured;
  }
}
