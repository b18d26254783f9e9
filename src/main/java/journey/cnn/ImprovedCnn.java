package journey.cnn;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Three blocks of twice convolution, batch norm and ReLU, and max pooling; a dense layer with batch
 * norm; dropout.
 *
 * @param width filters of the first block; the next have twice and four times as many, the dense
 *     layer eight times
 */
public record ImprovedCnn(int width) implements CnnArchitecture {

  @Override
  public String name() {
    return "improved CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(recipe, seed, WeightInit.RELU);
    for (int filters = width; filters <= 4 * width; filters *= 2) {
      layers.convolution(filters).normRelu();
      layers.convolution(filters).normRelu();
      layers.maxPool(2);
    }
    var dense = new DenseLayer.Builder().nOut(8 * width).hasBias(false).build();
    var output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(10)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .dropOut(0.5)
            .build();
    return layers.layer("dense", dense).normRelu().named("output", output).build();
  }
}
