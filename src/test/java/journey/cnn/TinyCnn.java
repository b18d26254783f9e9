package journey.cnn;

import java.util.List;
import journey.data.Augmentation;
import journey.data.LabeledImages;
import journey.data.StandIn;
import journey.nn.LearningRateSchedule;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The smallest network with everything a training has to do with, dropout included. */
public record TinyCnn() implements CnnArchitecture {

  /** A recipe with everything that is random or has a state. */
  public static final Recipe RECIPE =
      new Recipe(
          4.5,
          16,
          new Nesterovs(0.1, 0.9),
          new WeightDecay(1e-3, true),
          LearningRateSchedule.oneCycle(1, 0.3),
          0.1,
          new Augmentation(2, Augmentation.Border.REFLECT, Augmentation.Flip.ALTERNATING, 6),
          new MuonSettings(0.1, 0.6));

  public static Recipe with(IUpdater updater, double epochs, MuonSettings muon) {
    return new Recipe(
        epochs,
        RECIPE.batchSize(),
        updater,
        RECIPE.weightDecay(),
        RECIPE.schedule(),
        RECIPE.labelSmoothing(),
        RECIPE.augmentation(),
        muon);
  }

  public static LabeledImages pictures(int count) {
    return StandIn.generate(count, 3);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    ConvolutionLayer convolution =
        new ConvolutionLayer.Builder(4, 4)
            .stride(4, 4)
            .nOut(6)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    if (recipe.muon().on()) {
      convolution.setIUpdater(new Sgd(recipe.muon().rate()));
    }
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(recipe.updater())
        .regularization(List.of(recipe.weightDecay()))
        .graphBuilder()
        .addInputs("pictures")
        .setInputTypes(InputType.convolutional(32, 32, 3))
        .addLayer("convolution", convolution, "pictures")
        .addLayer("norm", new BatchNormalization.Builder().build(), "convolution")
        .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .dropOut(0.8)
                .activation(Activation.SOFTMAX)
                .build(),
            "pool")
        .setOutputs("output")
        .build();
  }
}
