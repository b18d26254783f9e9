package journey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import journey.cnn.Recipe;
import journey.cnn.TinyCnn;
import journey.cnn.TrainedCnn;
import journey.cnn.Trainer;
import journey.data.LabeledImages;
import journey.memory.Threads;
import journey.metrics.TrainingHistory;
import journey.search.Dimension;
import journey.search.GridSearch;
import journey.search.Space;
import journey.search.Study;
import journey.search.Trial;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class CnnObjectiveTest {

  private final LabeledImages train = TinyCnn.pictures(160);
  private final LabeledImages validation = TinyCnn.pictures(50);

  @Test
  void aTrialIsATrainingWithItsParameters() throws Exception {
    Space space =
        Space.of(
            Dimension.logarithmic("learning rate", 0.01, 0.1),
            Dimension.logarithmic("weight decay", 1e-4, 1e-3));
    Recipe recipe = TinyCnn.with(new Nesterovs(1, 0.9), 2, TinyCnn.RECIPE.muon());
    var objective = new CnnObjective(new TinyCnn(), recipe, train, validation);
    List<Trial> trials;
    try (Cluster cluster = Cluster.at("local[2]", 2)) {
      trials =
          new Study("rates", new GridSearch(space, 2, 1), objective)
              .in(cluster.trials())
              .run()
              .list();
    }
    assertEquals(4, trials.size());
    for (Trial trial : trials) {
      assertTrue(trial.isDone(), trial.reason());
      assertEquals(50, trial.score().count());
    }
    Trial some = trials.get(1);
    var asTold =
        new Recipe(
            2,
            recipe.batchSize(),
            new Nesterovs(some.parameters().real("learning rate"), 0.9),
            new L2Regularization(some.parameters().real("weight decay")),
            recipe.schedule(),
            recipe.labelSmoothing(),
            recipe.augmentation(),
            recipe.muon());
    TrainedCnn expected =
        Threads.alone(
            () ->
                new Trainer(new TinyCnn(), asTold, some.suggestion().seed())
                    .fit(train, validation));
    assertEquals(expected.history().last(TrainingHistory.VALIDATION_ACCURACY), some.value(), 1e-9);
  }
}
