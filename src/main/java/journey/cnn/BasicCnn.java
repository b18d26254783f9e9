package journey.cnn;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Two convolutions of 3x3 with ReLU, each followed by max pooling, and a dense layer.
 *
 * @param width filters of the first convolution; the second has twice, the dense layer four times
 *     as many
 */
public record BasicCnn(int width) implements CnnArchitecture {

  @Override
  public String name() {
    return "basic CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(WeightInit.RELU)
        .updater(recipe.updater())
        .regularization(List.of(recipe.weightDecay()))
        .graphBuilder()
        .addInputs("pictures")
        .setInputTypes(InputType.convolutional(32, 32, 3))
        .addLayer("conv1", convolution(width), "pictures")
        .addLayer("pool1", pooling(), "conv1")
        .addLayer("conv2", convolution(2 * width), "pool1")
        .addLayer("pool2", pooling(), "conv2")
        .addLayer(
            "dense1",
            new DenseLayer.Builder().nOut(4 * width).activation(Activation.RELU).build(),
            "pool2")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .build(),
            "dense1")
        .setOutputs("output")
        .build();
  }

  private static ConvolutionLayer convolution(int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .convolutionMode(ConvolutionMode.Same)
        .nOut(filters)
        .activation(Activation.RELU)
        .build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }
}
