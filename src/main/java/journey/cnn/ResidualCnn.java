package journey.cnn;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Eight convolutions and a linear layer; twice, two convolutions learn what to add to their input.
 *
 * @param width filters of the first convolution; then there are twice, four and eight times as many
 * @see <a href="https://github.com/davidcpage/cifar10-fast">ResNet-9 by David Page, the winner of
 *     DAWNBench in 2018 (there with 64 filters)</a>
 */
public record ResidualCnn(int width) implements CnnArchitecture {

  @Override
  public String name() {
    return "residual CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(recipe, seed, WeightInit.RELU);
    layers.convolution(width).normRelu();
    layers.convolution(2 * width).normRelu().maxPool(2);
    residual(layers, 2 * width);
    layers.convolution(4 * width).normRelu().maxPool(2);
    layers.convolution(8 * width).normRelu().maxPool(2);
    residual(layers, 8 * width);
    var output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(10)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .build();
    return layers.maxPool(4).named("output", output).build();
  }

  private static void residual(LayerStack layers, int filters) {
    String input = layers.top();
    layers.convolution(filters).normRelu();
    layers.convolution(filters).normRelu();
    layers.add(input);
  }
}
