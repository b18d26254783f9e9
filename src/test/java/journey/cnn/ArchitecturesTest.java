package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.data.StandIn;
import journey.engine.Acceleration;
import journey.engine.GraphRunner;
import journey.engine.SystemProperty;
import journey.metrics.TrainingHistory;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

class ArchitecturesTest {

  private static DataSet batch(int examples) {
    return batch(examples, 3);
  }

  private static DataSet batch(int examples, long seed) {
    return batch(Cifar10.SHAPE, 10, examples, seed);
  }

  private static DataSet batch(ImageShape input, int classes, int examples, long seed) {
    var random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    INDArray pictures = Nd4j.randn(0, 1, input.batch(examples), random);
    INDArray targets = Nd4j.zeros(examples, classes);
    for (int i = 0; i < examples; i++) {
      targets.putScalar(i, i % classes, 1);
    }
    return new DataSet(pictures, targets);
  }

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(new BasicCnn(4), Recipes.basic(1), basicParameters(4)),
        Arguments.of(new ImprovedCnn(4), Recipes.improved(1), improvedParameters(4)),
        Arguments.of(new ResidualCnn(4), Recipes.residual(1), residualParameters(4)),
        Arguments.of(new FastCnn(4), Recipes.fast(10), fastParameters(4)));
  }

  /** CIFAR-10's, digits' and photographs' shape, with the classes there are. */
  static Stream<Arguments> everyShape() {
    return Stream.of(
            everyArchitecture(Cifar10.SHAPE, 10),
            everyArchitecture(new ImageShape(1, 28), 10),
            everyArchitecture(new ImageShape(3, 64), 2))
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> everyArchitecture(ImageShape input, int classes) {
    int width = input.equals(Cifar10.SHAPE) ? 4 : 2;
    return Stream.of(
        Arguments.of(new BasicCnn(input, classes, width), Recipes.basic(1), input, classes),
        Arguments.of(new ImprovedCnn(input, classes, width), Recipes.improved(1), input, classes),
        Arguments.of(new ResidualCnn(input, classes, width), Recipes.residual(1), input, classes),
        Arguments.of(new FastCnn(input, classes, width), gentleFast(width), input, classes));
  }

  /**
   * The recipe's rates are for a width of 64, as the logits are divided by four times the width. A
   * narrow network has larger ones, would diverge at such rates, and then meet NaN in
   * Deeplearning4j's gradient of GELU.
   */
  private static Recipe gentleFast(int width) {
    Recipe r = Recipes.fast(10);
    var rate = (Nesterovs) r.updater();
    return new Recipe(
        r.epochs(),
        r.batchSize(),
        new Nesterovs(rate.getLearningRate() * width / 64, rate.getMomentum()),
        r.weightDecay(),
        r.schedule(),
        r.labelSmoothing(),
        r.augmentation(),
        r.muon());
  }

  /** The basic network of the course that this journey follows collapsed to one answer. */
  @Test
  void theBasicNetworkLearns() throws Exception {
    LabeledImages pictures = StandIn.generate(2_000, 1);
    var trainer = new Trainer(new BasicCnn(8), Recipes.basic(6), 1);
    TrainingHistory history = trainer.fit(pictures, StandIn.generate(500, 2)).history();
    double[] accuracy = history.series(TrainingHistory.VALIDATION_ACCURACY);
    assertTrue(accuracy[accuracy.length - 1] > 0.25, Arrays.toString(accuracy));
  }

  private static long basicParameters(long w) {
    return (27 * w + w)
        + (9 * w * 2 * w + 2 * w)
        + (64 * 2 * w * 4 * w + 4 * w)
        + (4 * w * 10 + 10);
  }

  /** Convolutions of 3x3, and four figures for each filter's batch norm. */
  private static long improvedParameters(long w) {
    long filters =
        27 * w + 9 * w * w + 9 * 2 * w * w + 9 * 4 * w * w + 9 * 8 * w * w + 9 * 16 * w * w;
    long dense = 16 * 4 * w * 8 * w + 8 * w * 10 + 10;
    return filters + dense + 4 * (2 * (w + 2 * w + 4 * w) + 8 * w);
  }

  private static long residualParameters(long w) {
    long filters = 27 * w + 9 * 2 * w * w + 2 * 9 * 4 * w * w + 9 * 8 * w * w + 9 * 32 * w * w;
    long last = 2 * 9 * 64 * w * w;
    return filters + last + 4 * (w + 3 * 2 * w + 4 * w + 3 * 8 * w) + 8 * w * 10 + 10;
  }

  private static long fastParameters(long w) {
    long first = 12 * 24 + 24 + 9 * 24 * w + 9 * w * w;
    long others = 9 * w * 4 * w + 3 * 9 * 4 * w * 4 * w;
    return first + others + 4 * (2 * w + 4 * 4 * w) + 4 * w * 10;
  }

  @ParameterizedTest
  @MethodSource("all")
  void parametersAreThoseCountedByHand(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    assertEquals(parameters, architecture.network(recipe, 1).numParams());
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void answersAreProbabilitiesOfAllClasses(
      CnnArchitecture architecture, Recipe recipe, ImageShape input, int classes) {
    INDArray pictures = batch(input, classes, 3, 3).getFeatures();
    INDArray answers = architecture.network(recipe, 1, pictures).outputSingle(pictures);
    assertArrayEquals(new long[] {3, classes}, answers.shape());
    assertArrayEquals(new double[] {1, 1, 1}, answers.sum(1).toDoubleVector(), 1e-5);
  }

  @Test
  void picturesThatAreTooSmallAreRefused() {
    tooSmall("3x3x1 are too small", "at least 4", 3, s -> new BasicCnn(s, 2, 1));
    tooSmall("7x7x1 are too small", "at least 8", 7, s -> new ImprovedCnn(s, 2, 1));
    tooSmall("7x7x1 are too small", "at least 8", 7, s -> new ResidualCnn(s, 2, 1));
    tooSmall("8x8x1 are too small", "at least 9", 8, s -> new FastCnn(s, 2, 1));
  }

  private static void tooSmall(
      String found, String expected, int side, Function<ImageShape, CnnArchitecture> architecture) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> architecture.apply(new ImageShape(1, side)))
            .getMessage();
    assertTrue(message.contains(found) && message.contains(expected), message);
    INDArray one = Nd4j.rand(new ImageShape(1, side + 1).batch(1));
    var smallest = architecture.apply(new ImageShape(1, side + 1)).network(Recipes.basic(1), 1);
    assertArrayEquals(new long[] {1, 2}, smallest.outputSingle(one).shape());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedGivesTheSameWeights(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    INDArray first = architecture.network(recipe, 1).params();
    assertEquals(first, architecture.network(recipe, 1).params());
    assertFalse(first.equals(architecture.network(recipe, 2).params()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void stepsLowerTheLoss(CnnArchitecture architecture, Recipe recipe, long parameters) {
    var graph = architecture.network(recipe, 1);
    slowDown(graph);
    DataSet batch = batch(20);
    graph.fit(batch);
    double before = graph.score();
    for (int step = 0; step < 5; step++) {
      graph.fit(batch);
      architecture.afterStep(graph);
    }
    assertTrue(graph.score() < before, graph.score() + " after " + before);
  }

  /** A network whose running statistics are no longer those it began with. */
  static ComputationGraph afterAStep(CnnArchitecture architecture, Recipe recipe) {
    ComputationGraph graph = architecture.network(recipe, 1);
    slowDown(graph);
    graph.fit(batch(10));
    return graph;
  }

  /** The peak rates are for schedules that begin lower, and for larger batches. */
  private static void slowDown(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer base) {
        slowDown(base.getIUpdater());
        if (base.getBiasUpdater() != null) {
          slowDown(base.getBiasUpdater());
        }
      }
    }
  }

  private static void slowDown(IUpdater updater) {
    updater.setLrAndSchedule(updater.getLearningRate(0, 0) / 50, null);
  }

  /**
   * Each step begins alike, for rounding that is carried on grows from step to step. Where two
   * values of a pooling square, or a value and ReLU's zero, lie closer together than rounding, the
   * gradient may take the other way; which steps that befalls depends on the processor.
   */
  @ParameterizedTest
  @MethodSource("everyShape")
  void acceleratedStepsAreThoseOfDeeplearning4jIn64Bits(
      CnnArchitecture architecture, Recipe recipe, ImageShape input, int classes) {
    assumeTrue(Acceleration.detect().on(), Acceleration.detect()::toString);
    INDArray pictures = batch(input, classes, 50, 3).getFeatures();
    ComputationGraph fast = architecture.network(recipe, 1, pictures);
    withoutDropout(fast);
    ComputationGraph exact =
        SystemProperty.with(
            DL4JSystemProperties.DISABLE_HELPER_PROPERTY,
            "true",
            () -> fast.convertDataType(DataType.DOUBLE));
    var steps = new TrainingSteps(50_000, recipe.batchSize(), recipe.epochs());
    var fastRates = new LearningRates(fast, recipe.schedule(), architecture, steps);
    var exactRates = new LearningRates(exact, recipe.schedule(), architecture, steps);
    fast.addListeners(new Muon(fast, recipe.muon()));
    exact.addListeners(new Muon(exact, recipe.muon()));
    double[] errors = new double[7];
    try (GraphRunner runner = GraphRunner.of(fast)) {
      assertTrue(runner.description().startsWith("oneDNN"), runner.description());
      for (int step = 0; step < errors.length; step++) {
        DataSet batch = batch(input, classes, 16, 3 + step);
        beginAlike(fast, exact);
        INDArray before = exact.params().dup();
        fastRates.set(step);
        runner.step(batch);
        architecture.afterStep(fast);
        exactRates.set(step);
        exact.fit(inDouble(batch));
        architecture.afterStep(exact);
        assertEquals(exact.score(), fast.score(), 1e-5 * exact.score(), "step " + step);
        errors[step] =
            Math.max(
                relativeError(fast.params(), exact.params(), before),
                relativeError(updaterState(fast), updaterState(exact), null));
      }
    }
    Arrays.sort(errors);
    assertTrue(errors[2] < 1e-5, Arrays.toString(errors));
    assertTrue(errors[errors.length - 1] < 0.05, Arrays.toString(errors));
  }

  /** Both at the exact network's parameters and updater state, rounded to float32. */
  private static void beginAlike(ComputationGraph fast, ComputationGraph exact) {
    fast.params().assign(exact.params().castTo(DataType.FLOAT));
    exact.params().assign(fast.params().castTo(DataType.DOUBLE));
    updaterState(fast).assign(updaterState(exact).castTo(DataType.FLOAT));
    updaterState(exact).assign(updaterState(fast).castTo(DataType.DOUBLE));
  }

  private static INDArray updaterState(ComputationGraph graph) {
    return graph.getUpdater(true).getStateViewArray();
  }

  /**
   * How far a step went astray, as a share of its length and without what rounding the end costs.
   */
  private static double relativeError(INDArray found, INDArray exact, INDArray before) {
    double rounding = Math.ulp(1f) * exact.norm2Number().doubleValue();
    double apart = found.castTo(DataType.DOUBLE).sub(exact).norm2Number().doubleValue();
    INDArray step = before == null ? exact : exact.sub(before);
    return Math.max(0, apart - rounding) / step.norm2Number().doubleValue();
  }

  private static DataSet inDouble(DataSet batch) {
    return new DataSet(
        batch.getFeatures().castTo(DataType.DOUBLE), batch.getLabels().castTo(DataType.DOUBLE));
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfFiniteDifferences(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    var graph = new ComputationGraph(architecture.configuration(recipe, 5));
    graph.init();
    withoutDropout(graph);
    withoutDecay(graph);
    ComputationGraph exact = graph.convertDataType(DataType.DOUBLE);
    DataSet batch = batch(4);
    exact.setInputs(inDouble(batch).getFeatures());
    exact.setLabels(inDouble(batch).getLabels());
    exact.computeGradientAndScore();
    Map<String, INDArray> gradients = exact.gradient().gradientForVariable();
    double step = 1e-8; // so short that no pooling changes its choice
    int seen = 0;
    for (var gradient : gradients.entrySet()) {
      String name = gradient.getKey();
      if (!name.matches("(conv1|conv2|norm1|output|whitening)_(W|b|gamma|beta)")) {
        continue;
      }
      INDArray parameter = exact.getParam(name);
      long at = parameter.length() / 2;
      double analytic = Nd4j.toFlattened('c', gradient.getValue()).getDouble(at) / 4;
      double numeric =
          (loss(exact, parameter, at, step) - loss(exact, parameter, at, -step)) / (2 * step);
      assertEquals(numeric, analytic, 1e-6 + 1e-4 * Math.abs(numeric), name);
      seen++;
    }
    assertTrue(seen >= 4, gradients.keySet().toString());
  }

  private static void withoutDropout(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      layer.conf().getLayer().setIDropout(null);
    }
  }

  private static void withoutDecay(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer base) {
        base.setRegularization(List.of());
        base.setRegularizationBias(List.of());
      }
    }
  }

  private static double loss(ComputationGraph graph, INDArray parameter, long at, double step) {
    INDArray before = parameter.dup();
    long[] where = new long[parameter.rank()];
    long rest = at;
    for (int i = where.length - 1; i >= 0; i--) {
      where[i] = rest % parameter.size(i);
      rest /= parameter.size(i);
    }
    parameter.putScalar(where, parameter.getDouble(where) + step);
    graph.computeGradientAndScore();
    double loss = graph.score();
    parameter.assign(before);
    return loss;
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSavedNetworkGivesTheSameAnswers(
      CnnArchitecture architecture, Recipe recipe, long parameters, @TempDir Path folder)
      throws Exception {
    ComputationGraph graph = afterAStep(architecture, recipe);
    var file = folder.resolve("network.zip").toFile();
    ModelSerializer.writeModel(graph, file, true);
    ComputationGraph loaded = ComputationGraph.load(file, true);
    INDArray pictures = batch(3).getFeatures();
    assertEquals(graph.outputSingle(pictures), loaded.outputSingle(pictures));
    Nd4j.getRandom().setSeed(7);
    graph.fit(batch(10));
    Nd4j.getRandom().setSeed(7);
    loaded.fit(batch(10));
    double distance = graph.params().distance2(loaded.params());
    assertEquals(0, distance, 1e-4 * graph.params().norm2Number().doubleValue());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aConfigurationNeedsNoneOfOurClasses(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    var configuration = architecture.configuration(recipe, 1);
    String json = configuration.toJson();
    assertFalse(json.contains("journey"), json);
    assertEquals(json, ComputationGraphConfiguration.fromJson(json).toJson());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyBatchNormIsFollowedByAFunctionThatBends(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    var graph = architecture.network(recipe, 1);
    var configuration = graph.getConfiguration();
    long norms = 0;
    for (var entry : configuration.getVertexInputs().entrySet()) {
      for (String input : entry.getValue()) {
        if (layer(graph, input) instanceof BatchNormalization) {
          norms++;
          var function = (ActivationLayer) layer(graph, entry.getKey());
          assertFalse(function.getActivationFn() instanceof ActivationIdentity, entry.getKey());
        }
      }
    }
    assertEquals(
        Stream.of(graph.getLayers())
            .filter(l -> l.conf().getLayer() instanceof BatchNormalization)
            .count(),
        norms);
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(
      ComputationGraph graph, String name) {
    Layer layer = graph.getLayer(name);
    return layer == null ? null : layer.conf().getLayer();
  }

  /** In a linear block, the second convolution of a sum is the sum of the second convolutions. */
  @ParameterizedTest
  @MethodSource("all")
  void betweenTwoConvolutionsThereIsNoLinearMap(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    var graph = architecture.network(recipe, 1);
    INDArray a = batch(2).getFeatures();
    INDArray b = a.neg();
    String second = "conv2";
    INDArray zero = map(graph, second, a.mul(0));
    INDArray sum = map(graph, second, a).add(map(graph, second, b)).sub(zero.mul(2));
    double size = map(graph, second, a).sub(zero).norm2Number().doubleValue();
    assertTrue(sum.norm2Number().doubleValue() > 0.05 * size, "f(a) + f(-a) = 2 f(0)");
  }

  private static INDArray map(ComputationGraph graph, String layer, INDArray pictures) {
    return graph.feedForward(pictures, false).get(layer).dup();
  }

  /** What is below zero after the norm is zero after ReLU. */
  @Test
  void negativesBecomeZero() {
    var graph = new ImprovedCnn(4).network(Recipes.improved(1), 1);
    graph.getLayer("norm1").getParam("beta").assign(-100);
    Map<String, INDArray> maps = graph.feedForward(batch(2).getFeatures(), false);
    assertEquals(0, maps.get("act1").norm2Number().doubleValue());
    assertEquals(0, maps.get("conv2").norm2Number().doubleValue());
  }

  @ParameterizedTest
  @MethodSource("all")
  void onlyWeightsDecayAndTheBiasOfTheWhitening(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    var graph = architecture.network(recipe, 1);
    for (Layer layer : graph.getLayers()) {
      var configuration = layer.conf().getLayer();
      for (String name : layer.paramTable().keySet()) {
        if (!(configuration instanceof BaseLayer base)) {
          continue;
        }
        var decay = base.getRegularizationByParam(name);
        boolean decays = decay != null && !decay.isEmpty();
        boolean expected = name.equals("W") || base.getLayerName().equals("whitening");
        assertEquals(expected, decays, base.getLayerName() + " " + name);
      }
    }
  }
}
