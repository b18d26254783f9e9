package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class HelpersTest {

  private static final int CONVOLUTION = 0;

  private final INDArray pictures = pictures(16);
  private final INDArray labels = labels(16);

  @Test
  void areOnWhenTheNativesHaveOneDnn() {
    boolean oneDnn = Loader.load(Nd4jCpu.class).contains("onednn");
    assertEquals(oneDnn, Helpers.detect().on(), Helpers.detect()::toString);
    MultiLayerNetwork network = withHelpers(this::network);
    network.output(pictures);
    if (oneDnn) {
      assertNotNull(network.getLayer(CONVOLUTION).getHelper(), "the convolution has no helper");
    }
  }

  @Test
  void sayWhyTheyAreOff() {
    Helpers helpers = withoutHelpers(Helpers::detect);
    assertEquals(false, helpers.on());
    assertTrue(helpers.toString().contains("switched off"), helpers::toString);
  }

  @Test
  void changeTheOutputsByLessThanRounding() {
    MultiLayerNetwork plain = withoutHelpers(this::network);
    MultiLayerNetwork fast = withHelpers(this::network);
    assertNull(plain.getLayer(CONVOLUTION).getHelper());
    assertEquals(plain.params(), fast.params());
    INDArray difference = plain.output(pictures).sub(fast.output(pictures));
    assertEquals(0, difference.amaxNumber().doubleValue(), 1e-4);
  }

  @Test
  void changeTheLossesOfTwentyStepsByLessThanOnePercent() {
    double[] plain = withoutHelpers(this::losses);
    double[] fast = withHelpers(this::losses);
    for (int step = 0; step < plain.length; step++) {
      assertEquals(plain[step], fast[step], 0.01 * plain[step], "step " + step);
    }
    assertTrue(plain[19] < plain[0], "the network learns");
  }

  private double[] losses() {
    MultiLayerNetwork network = network();
    double[] losses = new double[20];
    for (int step = 0; step < losses.length; step++) {
      network.fit(pictures, labels);
      losses[step] = network.score();
    }
    return losses;
  }

  private MultiLayerNetwork network() {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Sgd(0.05))
            .list(
                new ConvolutionLayer.Builder(3, 3).padding(1, 1).nOut(8).hasBias(false).build(),
                new BatchNormalization(),
                new ActivationLayer(Activation.RELU),
                new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build(),
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(16, 16, 3))
            .build();
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static <T> T withHelpers(Supplier<T> action) {
    return withProperty("false", action);
  }

  private static <T> T withoutHelpers(Supplier<T> action) {
    return withProperty("true", action);
  }

  private static <T> T withProperty(String disabled, Supplier<T> action) {
    return SystemProperty.with(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, disabled, action);
  }

  private static INDArray pictures(int count) {
    return Nd4j.getRandomFactory()
        .getNewRandomInstance(3)
        .nextGaussian(new int[] {count, 3, 16, 16})
        .castTo(DataType.FLOAT);
  }

  private static INDArray labels(int count) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, count, 10);
    for (int i = 0; i < count; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    return labels;
  }
}
