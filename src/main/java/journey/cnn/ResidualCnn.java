package journey.cnn;

import journey.data.Cifar10;
import journey.data.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Eight convolutions, the largest value of each filter, and a linear layer; twice, two convolutions
 * learn what to add to their input.
 *
 * @param input the shape of the pictures
 * @param classes the number of classes
 * @param width filters of the first convolution; then there are twice, four and eight times as many
 * @see <a href="https://github.com/davidcpage/cifar10-fast">ResNet-9 by David Page (there with 64
 *     filters), which topped the list of DAWNBench after the competition of 2018</a>
 */
public record ResidualCnn(ImageShape input, int classes, int width) implements CnnArchitecture {

  /** Refuses pictures that are too small. */
  public ResidualCnn {
    input.requireSide(8);
  }

  /** For CIFAR-10: pictures of 32x32x3 and ten classes. */
  public ResidualCnn(int width) {
    this(Cifar10.SHAPE, 10, width);
  }

  @Override
  public String name() {
    return "residual CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(input, recipe, seed, WeightInit.RELU);
    layers.convolution(width).normRelu();
    layers.convolution(2 * width).normRelu().maxPool(2);
    residual(layers, 2 * width);
    layers.convolution(4 * width).normRelu().maxPool(2);
    layers.convolution(8 * width).normRelu().maxPool(2);
    residual(layers, 8 * width);
    var output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .build();
    return layers.maxPool(input.side() / 8).named("output", output).build();
  }

  private static void residual(LayerStack layers, int filters) {
    String input = layers.top();
    layers.convolution(filters).normRelu();
    layers.convolution(filters).normRelu();
    layers.add(input);
  }
}
