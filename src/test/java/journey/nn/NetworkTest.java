package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.oneHot;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.data.Batches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NetworkTest {

  private static final Initializer DOUBLE = new Glorot().as(DataType.DOUBLE);

  static Stream<Activation> activations() {
    return Stream.of(new Identity(), new Sigmoid(), new Tanh(), new ReLU(), new LeakyReLU(0.1));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void allGradientsAgreeWithCentralDifferences(Activation f) {
    for (int seed = 1; seed <= 2; seed++) {
      Random random = random(seed);
      int batch = 1 + random.nextInt(5);
      int inputs = 1 + random.nextInt(6);
      int first = 1 + random.nextInt(6);
      int second = 1 + random.nextInt(6);
      int outputs = 2 + random.nextInt(4);
      INDArray x = gaussian(random, batch, inputs);
      for (Loss loss :
          List.of(
              new BinaryCrossEntropy(), new CategoricalCrossEntropy(), new MeanSquaredError())) {
        Network network =
            new Network(
                loss,
                new Penalty(0.01, 0.1),
                new DenseLayer(inputs, first, f, DOUBLE, random),
                new DenseLayer(first, second, f, DOUBLE, random),
                new DenseLayer(second, outputs, new Identity(), DOUBLE, random));
        check(network, x, oneHot(random, batch, outputs, outputs - 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void theLastLayerMayHaveAnActivationToo(Activation f) {
    Random random = random(3);
    Network network = new Network(new MeanSquaredError(), new DenseLayer(4, 3, f, DOUBLE, random));
    check(network, gaussian(random, 5, 4), gaussian(random, 5, 3));
  }

  private static void check(Network network, INDArray x, INDArray y) {
    for (Parameter parameter : network.parameters()) {
      parameter.value().addi(0.05);
    }
    check(network, x, y, true);
  }

  @Test
  void gradientsPassThroughDropout() {
    Random random = random(1);
    INDArray x = gaussian(random, 4, 5);
    INDArray y = oneHot(random, 4, 3, 3);
    Layer first = new DenseLayer(5, 6, new Tanh(), DOUBLE, random);
    Layer last = new DenseLayer(6, 3, new Identity(), DOUBLE, random);
    var loss = new CategoricalCrossEntropy();
    Network trained = new Network(loss, first, dropout(), last);
    trained.backward(trained.forward(x, true), y);
    for (Parameter parameter : trained.parameters()) {
      INDArray gradient = parameter.gradient().dup();
      assertGradient(
          parameter.name(),
          () -> loss.value(new Network(loss, first, dropout(), last).forward(x, true), y),
          parameter.value(),
          gradient);
    }
    Network used = new Network(loss, first, dropout(), last);
    check(used, x, y, false);
  }

  private static void check(Network network, INDArray x, INDArray y, boolean training) {
    network.backward(network.forward(x, training), y);
    for (Parameter parameter : network.parameters()) {
      INDArray gradient = parameter.gradient().dup();
      assertGradient(parameter.name(), () -> network.cost(x, y), parameter.value(), gradient);
    }
  }

  /** The same mask each time. */
  private static Dropout dropout() {
    return new Dropout(6, 0.4, DataType.DOUBLE, random(7));
  }

  @Test
  void learnsWhatNoLineCanSeparate() {
    Network network = xorNetwork(1);
    DataSet xor = xor();
    Score before = network.evaluate(xor.getFeatures(), xor.getLabels());
    fit(network, xor, 300);
    Score after = network.evaluate(xor.getFeatures(), xor.getLabels());
    assertTrue(before.loss() > 0.5, before::toString);
    assertTrue(after.loss() < 0.05, after::toString);
    assertEquals(1, after.accuracy());
  }

  @Test
  void theSameSeedGivesTheSameWeightsBitForBit() {
    assertArrayEquals(trained(1), trained(1));
    assertFalse(java.util.Arrays.equals(trained(1), trained(2)));
  }

  private static byte[] trained(long seed) {
    Random random = random(seed);
    Network network =
        new Network(
            new CategoricalCrossEntropy(),
            new DenseLayer(20, 16, new ReLU(), new He(), random),
            new Dropout(16, 0.3, random),
            new DenseLayer(16, 4, new Identity(), new He(), random));
    INDArray x = gaussian(random(9), 30, 20).castTo(DataType.FLOAT);
    INDArray y = oneHot(random(9), 30, 4, 4).castTo(DataType.FLOAT);
    fit(network, new DataSet(x, y), 20);
    return network.parameters().get(0).value().data().asBytes();
  }

  @Test
  void aBatchOfOneAndAShortBatchAreBatches() {
    Random random = random(1);
    INDArray x = gaussian(random, 7, 3);
    INDArray y = oneHot(random, 7, 2, 2);
    Network reused = network(3, 2);
    for (int rows : new int[] {4, 3, 1, 7, 1}) {
      INDArray part = x.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
      INDArray targets = y.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
      Network fresh = network(3, 2);
      fresh.backward(fresh.forward(part, true), targets);
      reused.backward(reused.forward(part, true), targets);
      for (int i = 0; i < 4; i++) {
        assertEquals(fresh.parameters().get(i).gradient(), reused.parameters().get(i).gradient());
      }
    }
  }

  private static Network network(int inputs, int outputs) {
    Random random = random(5);
    return new Network(
        new CategoricalCrossEntropy(),
        new DenseLayer(inputs, 4, new Sigmoid(), DOUBLE, random),
        new DenseLayer(4, outputs, new Identity(), DOUBLE, random));
  }

  @Test
  void predictsAndEvaluatesInChunksWhatItWouldAtOnce() {
    INDArray x = gaussian(random(1), 2_345, 3);
    INDArray y = oneHot(random(2), 2_345, 2, 2);
    Network network = network(3, 2);
    var loss = new CategoricalCrossEntropy();
    INDArray z = network.forward(x, false).dup();
    Score score = network.evaluate(x, y);
    INDArray answers = network.predict(x);
    assertEquals(loss.value(z, y), score.loss(), 1e-12);
    assertEquals(loss.accuracy(z, y), score.accuracy(), 1e-12);
    assertTrue(relativeError(loss.activate(z), answers) < 1e-12);
    INDArray kept = answers.dup();
    network.predict(gaussian(random(3), 900, 3));
    assertEquals(kept, answers);
    assertTrue(relativeError(kept.getRow(5, true), network.predict(x.getRow(5, true))) < 1e-12);
  }

  @Test
  void evaluatesNumbersToo() {
    Random random = random(5);
    Network network =
        new Network(new MeanSquaredError(), new DenseLayer(3, 1, new Identity(), DOUBLE, random));
    Score score = network.evaluate(gaussian(random, 4, 3), gaussian(random, 4, 1));
    assertTrue(score.loss() > 0);
    assertTrue(Double.isNaN(score.accuracy()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aNumberThatIsNotFiniteIsFoundBeforeItDoesHarm(double value) {
    Network network = network(3, 2);
    INDArray x = gaussian(random(1), 5, 3);
    INDArray y = oneHot(random(2), 5, 2, 2);
    INDArray before = network.parameters().get(0).value().dup();

    INDArray badInput = x.dup();
    badInput.putScalar(4, 1, value);
    refuses(network, badInput, y, "the input", "row 4, column 1", "" + value);
    INDArray badTarget = y.dup();
    badTarget.putScalar(2, 0, value);
    refuses(network, x, badTarget, "the target", "row 2, column 0", "" + value);
    assertEquals(before, network.parameters().get(0).value());

    network.parameters().get(2).value().putScalar(3, 1, value);
    refuses(network, x, y, "W of layer 2", "row 3, column 1", "" + value);
  }

  private static void refuses(Network network, INDArray x, INDArray y, String... parts) {
    var error = assertThrows(DivergedException.class, () -> network.step(x, y, new Sgd(), 0.1));
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error::getMessage);
    }
  }

  @Test
  void numbersThatGrowTooLargeAreAnError() {
    Network network = network(3, 2);
    network.parameters().get(0).value().assign(1e30);
    network.parameters().get(2).value().assign(1e308);
    INDArray x = Nd4j.valueArrayOf(new long[] {2, 3}, 1e10, DataType.DOUBLE);
    refuses(network, x, oneHot(random(1), 2, 2, 2), "the output", "too large");
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(new Sgd(), new Momentum(), new Nesterov(), new Adam(), new AdamW(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRateThatNoStepCanBeMadeWithIsAnError(Optimizer optimizer) {
    Network network = network(3, 2);
    INDArray x = gaussian(random(1), 5, 3);
    INDArray y = oneHot(random(2), 5, 2, 2);
    List<INDArray> before = values(network);
    for (double rate : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      var error =
          assertThrows(IllegalArgumentException.class, () -> network.step(x, y, optimizer, rate));
      assertTrue(error.getMessage().contains("" + rate), error::getMessage);
    }
    network.step(x, y, optimizer, 0);
    assertEquals(before, values(network));
  }

  private static List<INDArray> values(Network network) {
    return network.parameters().stream().map(parameter -> parameter.value().dup()).toList();
  }

  @Test
  void aTrainingWhoseLastStepDivergesIsAnError() {
    Random random = random(1);
    Network network =
        new Network(new MeanSquaredError(), new DenseLayer(3, 2, new Identity(), new He(), random));
    DataSet batch =
        new DataSet(
            gaussian(random, 5, 3).castTo(DataType.FLOAT),
            Nd4j.valueArrayOf(new long[] {5, 2}, 1e6, DataType.FLOAT));
    List<Integer> epochs = new ArrayList<>();
    var error =
        assertThrows(
            DivergedException.class,
            () ->
                network.fit(
                    batches(1, epoch -> List.of(batch)),
                    1,
                    new Sgd(),
                    LearningRateSchedule.constant(3e38),
                    epochs::add));
    assertTrue(error.getMessage().contains("W of layer 1 is "), error::getMessage);
    assertTrue(error.getMessage().contains("smaller learning rate"), error::getMessage);
    assertEquals(List.of(), epochs);
  }

  @Test
  void largeNumbersWhoseSumIsNotFiniteAreNoError() {
    Network network =
        new Network(
            new MeanSquaredError(),
            new DenseLayer(
                4,
                1,
                new Identity(),
                (inputs, outputs, random) -> Nd4j.zeros(DataType.FLOAT, inputs, outputs),
                random(1)));
    INDArray x = Nd4j.valueArrayOf(new long[] {8, 4}, 1e38, DataType.FLOAT);
    network.step(x, Nd4j.zeros(DataType.FLOAT, 8, 1), new Sgd(), 0.1);
    assertEquals(0, network.parameters().get(0).value().sumNumber().doubleValue());
  }

  @Test
  void targetsOfAnotherShapeAreAnError() {
    Network network = network(3, 2);
    INDArray x = gaussian(random(1), 5, 3);
    INDArray y = Nd4j.ones(DataType.DOUBLE, 5, 1);
    for (var attempt :
        List.<Executable>of(
            () -> network.step(x, y, new Sgd(), 0.1),
            () -> network.evaluate(x, y),
            () -> network.cost(x, y))) {
      var error = assertThrows(IllegalArgumentException.class, attempt);
      assertTrue(error.getMessage().contains("[5, 2]"), error::getMessage);
      assertTrue(error.getMessage().contains("[5, 1]"), error::getMessage);
    }
    var error =
        assertThrows(IllegalArgumentException.class, () -> network.predict(x.transpose().dup()));
    assertTrue(error.getMessage().contains("[3, 5]"), error::getMessage);
    assertTrue(error.getMessage().contains("[3, 4]"), error::getMessage);
  }

  @Test
  void examplesMustBeSomeAndHaveTheirTargets() {
    Network network = network(3, 2);
    INDArray x = gaussian(random(1), 1_500, 3);
    INDArray y = oneHot(random(2), 1_500, 2, 2);
    INDArray fewer = y.get(NDArrayIndex.interval(0, 1_000), NDArrayIndex.all());
    INDArray none = Nd4j.zeros(DataType.DOUBLE, 0, 3);
    refusesExamples(() -> network.predict(none), "DOUBLE [0, 3]");
    refusesExamples(() -> network.evaluate(none, Nd4j.zeros(DataType.DOUBLE, 0, 2)), "[0, 2]");
    refusesExamples(() -> network.step(none, y, new Sgd(), 0.1), "[0, 3]");
    refusesExamples(() -> network.evaluate(x, fewer), "[1500, 3]", "[1000, 2]");
    refusesExamples(() -> network.evaluate(fewer, x), "[1500, 3]", "[1000, 2]");
    refusesExamples(() -> network.predict(Nd4j.ones(DataType.DOUBLE, 5, 3, 1, 1)), "[5, 3, 1, 1]");
    for (Executable attempt :
        new Executable[] {
          () -> network.predict(null),
          () -> network.evaluate(null, y),
          () -> network.evaluate(x, null),
          () -> network.step(null, y, new Sgd(), 0.1),
          () -> network.step(x, null, new Sgd(), 0.1)
        }) {
      var error = assertThrows(NullPointerException.class, attempt);
      assertTrue(error.getMessage().contains("hand over an array"), error::getMessage);
    }
  }

  private static void refusesExamples(Executable attempt, String... parts) {
    var error = assertThrows(IllegalArgumentException.class, attempt);
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error::getMessage);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void closedExamplesAreAnError(DataType type) {
    Random random = random(1);
    Layer layer = new DenseLayer(3, 2, new Sigmoid(), new He().as(type), random);
    Network network = new Network(new CategoricalCrossEntropy(), layer);
    INDArray x = gaussian(random, 5, 3).castTo(type);
    INDArray y = oneHot(random, 5, 2, 2).castTo(type);
    network.forward(x, true);
    x.close();
    for (Executable attempt :
        new Executable[] {() -> network.forward(x, true), () -> network.step(x, y, new Sgd(), 0)}) {
      var error = assertThrows(IllegalStateException.class, attempt);
      assertTrue(error.getMessage().contains("[5, 3]"), error::getMessage);
    }
  }

  @Test
  void layersThatDoNotFitEachOtherAreAnError() {
    Random random = random(1);
    Network network =
        new Network(
            new CategoricalCrossEntropy(),
            new DenseLayer(3, 4, new Tanh(), DOUBLE, random),
            new DenseLayer(5, 2, new Identity(), DOUBLE, random));
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> network.forward(gaussian(random, 2, 3), true));
    assertTrue(error.getMessage().contains("[5, 2]"), error::getMessage);
    assertTrue(error.getMessage().contains("[2, 4]"), error::getMessage);
  }

  @Test
  void interruptedItEndsAfterTheBatchInHand() {
    Network network = xorNetwork(1);
    Network expected = xorNetwork(1);
    DataSet xor = xor();
    List<Integer> epochs = new ArrayList<>();
    network.fit(
        batches(4, epoch -> repeated(xor, 4, epoch == 2 ? 3 : 0)),
        10,
        new Sgd(),
        LearningRateSchedule.constant(0.1),
        epochs::add);
    for (int batch = 0; batch < 4 + 3; batch++) {
      expected.step(xor.getFeatures(), xor.getLabels(), new Sgd(), 0.1);
    }
    assertEquals(List.of(1, 2), epochs);
    assertFalse(Thread.currentThread().isInterrupted());
    for (int i = 0; i < 4; i++) {
      assertEquals(expected.parameters().get(i).value(), network.parameters().get(i).value());
    }
  }

  /** The same batch several times; its thread is interrupted while the given one is at hand. */
  private static Iterable<DataSet> repeated(DataSet batch, int count, int interruptAt) {
    return () ->
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i -> {
                  if (i == interruptAt) {
                    Thread.currentThread().interrupt();
                  }
                  return batch;
                })
            .iterator();
  }

  @Test
  void aListenerMayEndTheTrainingAndTheScheduleIsFollowed() {
    Network network = xorNetwork(1);
    List<Double> asked = new ArrayList<>();
    List<Integer> epochs = new ArrayList<>();
    network.fit(
        batches(2, epoch -> repeated(xor(), 2, 0)),
        5,
        new Sgd(),
        progress -> {
          asked.add(progress);
          return 0.1;
        },
        epoch -> {
          epochs.add(epoch);
          return epoch < 3;
        });
    assertEquals(List.of(1, 2, 3), epochs);
    assertEquals(List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5), asked);
  }

  @Test
  void aNumberOfEpochsMayBeZeroOrHugeButNotNegative() {
    Network network = xorNetwork(1);
    List<Integer> epochs = new ArrayList<>();
    EpochListener twice = epoch -> epochs.add(epoch) && epoch < 2;
    Batches many = batches(Integer.MAX_VALUE, epoch -> List.of(xor()));
    fit(network, many, 0, twice);
    assertEquals(List.of(), epochs);
    fit(network, many, Integer.MAX_VALUE, twice);
    assertEquals(List.of(1, 2), epochs);
    var error = assertThrows(IllegalArgumentException.class, () -> fit(network, many, -1, twice));
    assertTrue(error.getMessage().contains("-1"), error::getMessage);
  }

  private static void fit(Network network, Batches batches, int epochs, EpochListener listener) {
    network.fit(batches, epochs, new Sgd(), LearningRateSchedule.cosine(0.1), listener);
  }

  static void fit(Network network, DataSet batch, int epochs) {
    network.fit(
        batches(1, epoch -> List.of(batch)),
        epochs,
        new Adam(),
        LearningRateSchedule.constant(0.05),
        epoch -> true);
  }

  static Batches batches(int count, IntFunction<Iterable<DataSet>> epochs) {
    return new Batches() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public Iterable<DataSet> epoch(int epoch) {
        return epochs.apply(epoch);
      }
    };
  }

  static DataSet xor() {
    return new DataSet(
        Nd4j.createFromArray(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
        Nd4j.createFromArray(new float[][] {{0}, {1}, {1}, {0}}));
  }

  static Network xorNetwork(long seed) {
    Random random = random(seed);
    return new Network(
        new BinaryCrossEntropy(),
        new Penalty(1e-6, 1e-6),
        new DenseLayer(2, 8, new Tanh(), new Glorot(), random),
        new DenseLayer(8, 1, new Identity(), new Glorot(), random));
  }
}
