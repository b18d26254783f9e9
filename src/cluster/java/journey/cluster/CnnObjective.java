package journey.cluster;

import java.io.IOException;
import journey.cnn.CnnArchitecture;
import journey.cnn.Recipe;
import journey.cnn.TrainedCnn;
import journey.cnn.Trainer;
import journey.data.LabeledImages;
import journey.metrics.Estimate;
import journey.metrics.TrainingHistory;
import journey.search.Objective;
import journey.search.Parameters;
import journey.search.Suggestion;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * The validation accuracy of a convolutional network after a training with Nesterov's momentum. It
 * travels with its pictures, so a worker needs no data of its own. Parameters: {@code learning
 * rate}, and, where the space has it, {@code weight decay}. A share of a whole training is one with
 * as much fewer epochs.
 */
public final class CnnObjective implements Objective {

  private static final long serialVersionUID = 1L;
  private static final String RATE = "learning rate";
  private static final String DECAY = "weight decay";
  private static final double MOMENTUM = 0.9;

  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final Pictures train;
  private final Pictures validation;

  /**
   * An objective.
   *
   * @param recipe everything but the learning rate and, where it is searched for, the weight decay
   */
  public CnnObjective(
      CnnArchitecture architecture, Recipe recipe, LabeledImages train, LabeledImages validation) {
    this.architecture = architecture;
    this.recipe = recipe;
    this.train = Pictures.of(train);
    this.validation = Pictures.of(validation);
  }

  @Override
  public Estimate evaluate(Suggestion suggestion) throws IOException, InterruptedException {
    LabeledImages asked = validation.images();
    TrainedCnn trained =
        new Trainer(architecture, recipe(suggestion), suggestion.seed()).fit(train.images(), asked);
    if (trained.ending() == TrainedCnn.Ending.INTERRUPTED) {
      throw new InterruptedException("a trial was interrupted");
    }
    double accuracy = trained.history().last(TrainingHistory.VALIDATION_ACCURACY);
    return Estimate.proportion((int) Math.round(accuracy * asked.size()), asked.size());
  }

  private Recipe recipe(Suggestion suggestion) {
    Parameters parameters = suggestion.parameters();
    return new Recipe(
        suggestion.resource() * recipe.epochs(),
        recipe.batchSize(),
        new Nesterovs(parameters.real(RATE), MOMENTUM),
        parameters.has(DECAY) ? new L2Regularization(parameters.real(DECAY)) : recipe.weightDecay(),
        recipe.schedule(),
        recipe.labelSmoothing(),
        recipe.augmentation(),
        recipe.muon());
  }
}
