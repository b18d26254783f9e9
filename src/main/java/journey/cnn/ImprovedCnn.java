package journey.cnn;

import java.util.List;
import journey.data.Cifar10;
import journey.data.ImageShape;
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
 * @param input the shape of the pictures
 * @param classes the number of classes
 * @param width filters of the first block; the next have twice and four times as many, the dense
 *     layer eight times
 */
public record ImprovedCnn(ImageShape input, int classes, int width) implements CnnArchitecture {

  /** Refuses pictures that are too small. */
  public ImprovedCnn {
    input.requireSide(8);
  }

  /** For CIFAR-10: pictures of 32x32x3 and ten classes. */
  public ImprovedCnn(int width) {
    this(Cifar10.SHAPE, 10, width);
  }

  @Override
  public String name() {
    return "improved CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(input, recipe, seed, WeightInit.RELU);
    for (int filters : List.of(width, 2 * width, 4 * width)) {
      layers.convolution(filters).normRelu();
      layers.convolution(filters).normRelu();
      layers.maxPool(2);
    }
    var dense = new DenseLayer.Builder().nOut(8 * width).hasBias(false).build();
    var output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .dropOut(0.5)
            .build();
    return layers.layer("dense", dense).normRelu().named("output", output).build();
  }
}
