package journey.cnn;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network without batch norm and dropout: what a picture does to it depends on no other. */
record PlainCnn() implements CnnArchitecture {

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(recipe.updater())
        .regularization(List.of(recipe.weightDecay()))
        .graphBuilder()
        .addInputs("pictures")
        .setInputTypes(InputType.convolutional(32, 32, 3))
        .addLayer(
            "convolution",
            new ConvolutionLayer.Builder(4, 4)
                .stride(4, 4)
                .nOut(6)
                .activation(Activation.RELU)
                .build(),
            "pictures")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build(),
            "convolution")
        .setOutputs("output")
        .build();
  }
}
