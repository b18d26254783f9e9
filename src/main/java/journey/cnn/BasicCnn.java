package journey.cnn;

import java.util.List;
import journey.data.Cifar10;
import journey.data.ImageShape;
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
 * @param input the shape of the pictures
 * @param classes the number of classes
 * @param width filters of the first convolution; the second has twice, the dense layer four times
 *     as many
 */
public record BasicCnn(ImageShape input, int classes, int width) implements CnnArchitecture {

  /** Refuses pictures that are too small. */
  public BasicCnn {
    input.requireSide(4);
  }

  /** For CIFAR-10: pictures of 32x32x3 and ten classes. */
  public BasicCnn(int width) {
    this(Cifar10.SHAPE, 10, width);
  }

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
        .setInputTypes(InputType.convolutional(input.side(), input.side(), input.channels()))
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
                .nOut(classes)
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
