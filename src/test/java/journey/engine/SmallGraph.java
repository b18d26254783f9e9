package journey.engine;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds small graphs, layer upon layer, and data for them. */
final class SmallGraph {

  static final int CLASSES = 5;
  static final int CHANNELS = 3;

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private final int side;
  private String top = "in";
  private int count;
  private int toFreeze;

  private SmallGraph(long seed, IUpdater updater, DataType type, int side) {
    this.side = side;
    builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(type)
            .updater(updater)
            .weightInit(WeightInit.RELU)
            .biasInit(0.1)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(side, side, CHANNELS));
  }

  /** A graph of these layers and an output layer, for pictures of this side. */
  static ComputationGraph of(
      long seed, IUpdater updater, DataType type, int side, Consumer<SmallGraph> layers) {
    var graph = new SmallGraph(seed, updater, type, side);
    layers.accept(graph);
    return graph.build();
  }

  static ComputationGraph of(long seed, Consumer<SmallGraph> layers) {
    return of(seed, new Sgd(1), DataType.FLOAT, 12, layers);
  }

  /** Two convolutions with batch norm, pooling, a dense layer with batch norm: all in one. */
  static void everything(SmallGraph graph) {
    graph
        .add(conv(3).nOut(16).hasBias(false))
        .norm()
        .activation(Activation.RELU)
        .add(conv(3).nOut(32).activation(Activation.GELU))
        .add(maxPool(2))
        .norm()
        .add(new DenseLayer.Builder().nOut(20).hasBias(false).activation(Activation.IDENTITY))
        .norm()
        .activation(Activation.RELU);
  }

  static ConvolutionLayer.Builder conv(int kernel) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.IDENTITY);
  }

  static SubsamplingLayer.Builder maxPool(int side) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(side, side)
        .stride(side, side);
  }

  String top() {
    return top;
  }

  SmallGraph add(Layer.Builder<?> layer) {
    return add(layer.build());
  }

  /** Freezes the layers added next, this many. */
  SmallGraph freezeNext(int layers) {
    toFreeze = layers;
    return this;
  }

  SmallGraph add(Layer layer) {
    String name = "layer" + ++count;
    builder.addLayer(name, toFreeze-- > 0 ? new FrozenLayer(layer) : layer, top);
    top = name;
    return this;
  }

  SmallGraph vertex(org.deeplearning4j.nn.conf.graph.GraphVertex vertex, String... inputs) {
    String name = "vertex" + ++count;
    builder.addVertex(name, vertex, inputs);
    top = name;
    return this;
  }

  SmallGraph norm() {
    return add(new BatchNormalization.Builder());
  }

  SmallGraph activation(Activation function) {
    return add(new ActivationLayer(function));
  }

  /** Replaces the output layer. */
  SmallGraph output(Layer layer) {
    builder.addLayer("output", layer, top).setOutputs("output");
    return this;
  }

  static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX);
  }

  private ComputationGraph build() {
    if (!builder.getVertices().containsKey("output")) {
      output(output().build());
    }
    var graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  /** A graph whose layers are Deeplearning4j's own, without oneDNN. */
  static ComputationGraph withoutHelpers(Supplier<ComputationGraph> graph) {
    return SystemProperty.with(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, "true", graph);
  }

  /** Random pictures, and targets of which some are shared between two classes. */
  static DataSet data(long seed, int examples, int side) {
    // ND4J takes the seed 0 for none.
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(seed + 1);
    INDArray pictures =
        random.nextGaussian(new int[] {examples, CHANNELS, side, side}).castTo(DataType.FLOAT);
    INDArray targets = Nd4j.zeros(DataType.FLOAT, examples, CLASSES);
    for (int i = 0; i < examples; i++) {
      targets.putScalar(i, i % CLASSES, i % 3 == 0 ? 0.7 : 1);
      if (i % 3 == 0) {
        targets.putScalar(i, (i + 1) % CLASSES, 0.3);
      }
    }
    return new DataSet(pictures, targets);
  }

  static DataSet inDouble(DataSet data) {
    return new DataSet(
        data.getFeatures().castTo(DataType.DOUBLE), data.getLabels().castTo(DataType.DOUBLE));
  }

  /** The length of the difference, relative to the length of what is expected. */
  static double difference(INDArray expected, INDArray actual) {
    INDArray e = expected.castTo(DataType.DOUBLE).ravel();
    INDArray a = actual.castTo(DataType.DOUBLE).ravel();
    return a.sub(e).norm2Number().doubleValue() / e.norm2Number().doubleValue();
  }
}
