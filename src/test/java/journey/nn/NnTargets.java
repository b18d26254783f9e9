package journey.nn;

import static journey.fuzz.Answer.inDouble;
import static journey.fuzz.Answer.mustAgree;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import journey.fuzz.RandomArrays;
import journey.fuzz.Target;
import journey.memory.RowTransfer;
import journey.nn.kernel.Blas;
import journey.nn.kernel.Elementwise;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The hand-written networks, what they compute with, and plain ND4J in 64 bits beside them. */
public final class NnTargets {

  private static final double TOLERANCE = 1e-4;

  private NnTargets() {}

  /** Adds all, by name. */
  public static void addTo(Map<String, Target> targets) {
    targets.put("Blas.multiply", NnTargets::multiply);
    targets.put("Blas on vectors", NnTargets::vectors);
    targets.put("Elementwise", NnTargets::elementwise);
    targets.put("DenseLayer", NnTargets::denseLayer);
    targets.put("RecurrentLayer", NnTargets::recurrentLayer);
    targets.put("MeanPooling", NnTargets::meanPooling);
    targets.put("Network", NnTargets::network);
    targets.put("Neuron", NnTargets::neuron);
    targets.put("Loss", NnTargets::loss);
    targets.put("Optimizer", NnTargets::optimizer);
    targets.put("RowTransfer", NnTargets::rows);
  }

  private static DataType type(RandomArrays arrays) {
    return arrays.oneOf(FLOAT, FLOAT, FLOAT, DOUBLE);
  }

  /** Small, around what the kernels treat as one chunk, or a little larger. */
  private static int size(RandomArrays arrays) {
    return arrays.oneOf(1, 2, 3, arrays.between(1, 20), arrays.between(1, 200));
  }

  private static void multiply(RandomArrays arrays) {
    DataType type = type(arrays);
    int n = size(arrays);
    int k = size(arrays);
    int m = size(arrays);
    INDArray result = arrays.array(type, n, m);
    INDArray row = arrays.array(type, 1, m);
    switch (arrays.between(0, 4)) {
      case 0 -> {
        INDArray a = arrays.array(type, n, k);
        INDArray b = arrays.array(type, k, m);
        Blas.multiply(a, b, result);
        mustAgree(arrays, () -> inDouble(a).mmul(inDouble(b)), result, TOLERANCE);
      }
      case 1 -> {
        INDArray a = arrays.array(type, k, n);
        INDArray b = arrays.array(type, k, m);
        Blas.multiplyTransposedLeft(a, b, result);
        mustAgree(arrays, () -> inDouble(a).transpose().mmul(inDouble(b)), result, TOLERANCE);
      }
      case 2 -> {
        INDArray a = arrays.array(type, n, k);
        INDArray b = arrays.array(type, m, k);
        Blas.multiplyTransposedRight(a, b, result);
        mustAgree(arrays, () -> inDouble(a).mmul(inDouble(b).transpose()), result, TOLERANCE);
      }
      case 3 -> {
        INDArray a = arrays.array(type, n, k);
        INDArray b = arrays.array(type, k, m);
        Blas.affine(a, b, row, result);
        mustAgree(
            arrays,
            () -> inDouble(a).mmul(inDouble(b)).addRowVector(inDouble(row)),
            result,
            TOLERANCE);
      }
      default -> {
        // The result is one of the operands.
        INDArray a = arrays.array(type, n, n);
        INDArray b = arrays.array(type, n, n);
        arrays.markOdd();
        INDArray expected = inDouble(a).mmul(inDouble(b));
        INDArray target = arrays.oneOf(a, b);
        Blas.multiply(a, b, target);
        mustAgree(arrays, () -> expected, target, TOLERANCE);
      }
    }
  }

  private static void vectors(RandomArrays arrays) {
    DataType type = type(arrays);
    int n = size(arrays);
    int m = size(arrays);
    INDArray y = arrays.array(type, n, m);
    INDArray x = arrays.array(type, n, m);
    INDArray row = arrays.array(type, 1, m);
    double alpha = arrays.random().nextGaussian();
    double beta = arrays.oneOf(0.0, 1.0, arrays.random().nextGaussian());
    switch (arrays.between(0, 4)) {
      case 0 -> {
        INDArray before = inDouble(y);
        Blas.addScaled(alpha, x, y);
        mustAgree(arrays, () -> before.add(inDouble(x).mul(alpha)), y, TOLERANCE);
      }
      case 1 -> {
        INDArray before = inDouble(y);
        Blas.addToRows(row, y);
        mustAgree(arrays, () -> before.addRowVector(inDouble(row)), y, TOLERANCE);
      }
      case 2 -> {
        Blas.sumRows(x, row);
        mustAgree(arrays, () -> inDouble(x).sum(true, 0), row, TOLERANCE);
      }
      case 3 -> {
        // Like BLAS: times 0, not even NaN counts.
        INDArray before = beta == 0 ? inDouble(y).assign(0) : inDouble(y).mul(beta);
        Blas.blend(alpha, x, beta, y);
        mustAgree(arrays, () -> before.add(inDouble(x).mul(alpha)), y, TOLERANCE);
      }
      default -> {
        double sum = Blas.absoluteSum(x);
        mustAgree(
            arrays,
            () -> Nd4j.scalar(DOUBLE, Transforms.abs(inDouble(x)).sumNumber().doubleValue()),
            Nd4j.scalar(DOUBLE, sum),
            TOLERANCE);
      }
    }
  }

  private record Function(UnaryOperator<INDArray> ours, UnaryOperator<INDArray> plain) {}

  private static final List<Function> FUNCTIONS =
      List.of(
          new Function(Elementwise::relu, x -> each(x, v -> Math.max(v, 0))),
          new Function(Elementwise::sigmoid, x -> each(x, v -> 1 / (1 + Math.exp(-v)))),
          new Function(Elementwise::timesOneMinus, a -> each(a, v -> v * (1 - v))),
          new Function(Elementwise::softmax, NnTargets::softmax));

  private static INDArray each(INDArray x, DoubleUnaryOperator function) {
    double[] values = x.ravel().toDoubleVector();
    return Nd4j.createFromArray(Arrays.stream(values).map(function).toArray()).reshape(x.shape());
  }

  private static INDArray softmax(INDArray z) {
    return Transforms.softmax(z, true);
  }

  private static void elementwise(RandomArrays arrays) {
    INDArray x = arrays.array(type(arrays), size(arrays), size(arrays));
    if (x != null && !x.wasClosed() && !x.isEmpty() && arrays.random().nextInt(3) == 0) {
      x.muli(100);
    }
    Function function = FUNCTIONS.get(arrays.between(0, FUNCTIONS.size() - 1));
    INDArray before = inDouble(x);
    INDArray after = function.ours().apply(x);
    if (after != x) {
      throw new AssertionError("not in place");
    }
    mustAgree(arrays, () -> function.plain().apply(before), x, TOLERANCE);
  }

  private static void denseLayer(RandomArrays arrays) {
    DataType type = type(arrays);
    int inputs = size(arrays);
    int outputs = size(arrays);
    DenseLayer layer = layer(arrays, type, inputs, outputs, new Sigmoid());
    INDArray x = arrays.array(type, size(arrays), inputs);
    INDArray W = layer.parameters().get(0).value();
    INDArray a = layer.forward(x, true);
    INDArray expected = inDouble(a);
    mustAgree(arrays, () -> Transforms.sigmoid(inDouble(x).mmul(inDouble(W))), a, TOLERANCE);
    INDArray slope = arrays.array(type, a.rows(), outputs);
    INDArray δ = inDouble(slope).mul(expected.mul(expected.rsub(1)));
    layer.backward(slope);
    mustAgree(
        arrays,
        () -> inDouble(x).transpose().mmul(δ),
        layer.parameters().get(0).gradient(),
        TOLERANCE);
    mustAgree(arrays, () -> δ.sum(true, 0), layer.parameters().get(1).gradient(), TOLERANCE);
    mustAgree(arrays, () -> δ.mmul(inDouble(W).transpose()), layer.inputGradient(), TOLERANCE);
  }

  private static DenseLayer layer(
      RandomArrays arrays, DataType type, int inputs, int outputs, Activation f) {
    Initializer initializer =
        (rows, columns, random) -> Nd4j.randn(DOUBLE, rows, columns).muli(0.2).castTo(type);
    return new DenseLayer(inputs, outputs, f, initializer, Nd4j.getRandom());
  }

  private static void recurrentLayer(RandomArrays arrays) {
    DataType type = type(arrays);
    int inputs = size(arrays);
    int states = size(arrays);
    int steps = arrays.between(1, 4);
    Initializer initializer =
        (rows, columns, random) -> Nd4j.randn(DOUBLE, rows, columns).muli(0.2).castTo(type);
    var layer = new RecurrentLayer(inputs, states, initializer, Nd4j.getRandom());
    INDArray W = layer.parameters().get(0).value();
    INDArray U = layer.parameters().get(1).value();
    INDArray x = arrays.array(type, size(arrays), (long) steps * inputs);
    INDArray h = inDouble(layer.forward(x, true));
    mustAgree(
        arrays,
        () -> {
          INDArray expected = Nd4j.zeros(DOUBLE, x.rows(), states);
          for (int t = 0; t < x.columns() / inputs; t++) {
            INDArray word = inDouble(x.get(all(), interval((long) t * inputs, (t + 1L) * inputs)));
            expected = Transforms.tanh(word.mmul(inDouble(W)).add(expected.mmul(inDouble(U))));
          }
          return expected;
        },
        h,
        TOLERANCE);
    INDArray slope = arrays.array(type, h.rows(), states);
    INDArray δ = inDouble(slope).mul(h.mul(h).rsub(1));
    layer.backward(slope);
    INDArray lastWord =
        layer.inputGradient().get(all(), interval(x.columns() - inputs, x.columns()));
    mustAgree(arrays, () -> δ.mmul(inDouble(W).transpose()), lastWord, TOLERANCE);
  }

  private static void meanPooling(RandomArrays arrays) {
    DataType type = type(arrays);
    int size = size(arrays);
    int steps = arrays.between(1, 4);
    var layer = new MeanPooling(size);
    INDArray x = arrays.array(type, size(arrays), (long) steps * size);
    INDArray mean = layer.forward(x, true);
    mustAgree(
        arrays,
        () -> inDouble(x).reshape('c', x.rows(), x.columns() / size, size).mean(1),
        mean,
        TOLERANCE);
    INDArray slope = arrays.array(type, mean.rows(), size);
    layer.backward(slope);
    mustAgree(
        arrays,
        () -> inDouble(slope).div(x.columns() / size),
        layer.inputGradient().get(all(), interval(0, size)),
        TOLERANCE);
  }

  private static void network(RandomArrays arrays) {
    DataType type = type(arrays);
    int inputs = size(arrays);
    int hidden = size(arrays);
    int classes = arrays.between(2, 12);
    DenseLayer first = layer(arrays, type, inputs, hidden, new Tanh());
    DenseLayer second = layer(arrays, type, hidden, classes, new Identity());
    var network = new Network(new CategoricalCrossEntropy(), first, second);
    int batch = size(arrays);
    INDArray x = arrays.array(type, batch, inputs);
    if (arrays.random().nextBoolean()) {
      INDArray answer = network.predict(x);
      INDArray expected = inDouble(x);
      for (Layer layer : network.layers()) {
        expected = expected.mmul(inDouble(layer.parameters().get(0).value()));
        expected = layer == first ? Transforms.tanh(expected) : softmax(expected);
      }
      INDArray last = expected;
      mustAgree(arrays, () -> last, answer, TOLERANCE);
      return;
    }
    INDArray y = Nd4j.zeros(type, batch, classes);
    for (int i = 0; i < batch; i++) {
      y.putScalar(i, i % classes, 1);
    }
    double rate = 0.01;
    if (arrays.random().nextInt(4) == 0) {
      arrays.markOdd();
      rate = arrays.oneOf(Double.NaN, -1.0, Double.POSITIVE_INFINITY);
    }
    network.step(x, y, new Sgd(), rate);
    if (!(rate >= 0 && rate < 1)) {
      throw new AssertionError("took a learning rate of " + rate);
    }
    for (Parameter parameter : network.parameters()) {
      if (!Double.isFinite(parameter.value().sumNumber().doubleValue())) {
        throw new AssertionError("went on with parameters that are not finite");
      }
    }
  }

  private static void neuron(RandomArrays arrays) {
    DataType type = type(arrays);
    int features = size(arrays);
    int batch = size(arrays);
    var neuron = new Neuron(features, type);
    INDArray x = arrays.array(type, batch, features);
    neuron.weights().assign(Nd4j.randn(DOUBLE, features, 1).muli(0.2));
    INDArray w = inDouble(neuron.weights());
    mustAgree(arrays, () -> Transforms.sigmoid(inDouble(x).mmul(w)), neuron.activate(x), TOLERANCE);
  }

  private static void loss(RandomArrays arrays) {
    DataType type = type(arrays);
    int batch = size(arrays);
    int classes = arrays.between(2, 12);
    INDArray z = arrays.array(type, batch, classes);
    INDArray y = arrays.array(type, batch, classes);
    INDArray plainZ = inDouble(z);
    var loss = new CategoricalCrossEntropy();
    INDArray gradient = loss.gradient(z, y);
    mustAgree(
        arrays, () -> softmax(plainZ).sub(inDouble(y)).div(plainZ.rows()), gradient, TOLERANCE);
  }

  private static void optimizer(RandomArrays arrays) {
    DataType type = type(arrays);
    int n = size(arrays);
    int m = size(arrays);
    INDArray value = arrays.array(type, n, m);
    INDArray gradient = arrays.array(type, n, m);
    INDArray before = inDouble(value);
    INDArray plain = inDouble(gradient);
    double rate = arrays.random().nextDouble();
    new Sgd().update(List.of(new Parameter("W", value, gradient, true)), rate);
    mustAgree(arrays, () -> before.sub(plain.mul(rate)), value, TOLERANCE);
  }

  private static void rows(RandomArrays arrays) {
    RowTransfer transfer = RowTransfer.ofBackend();
    int n = size(arrays);
    int columns = size(arrays);
    INDArray source = arrays.array(FLOAT, n, columns);
    int count = size(arrays);
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = arrays.between(0, n - 1);
    }
    if (arrays.random().nextInt(4) == 0) {
      arrays.markOdd();
      rows[arrays.between(0, count - 1)] = arrays.oneOf(-1, n, Integer.MAX_VALUE, -n);
    }
    INDArray from = RowTransfer.contiguous(source);
    INDArray target = RowTransfer.contiguous(arrays.array(FLOAT, count, columns));
    transfer.gather(from, rows, 0, target);
    mustAgree(arrays, () -> Nd4j.pullRows(from, 1, Arrays.copyOf(rows, target.rows())), target, 0);
    float[] values = new float[columns];
    int row = arrays.oneOf(0, n - 1, n, -1);
    if (row < 0 || row >= n) {
      arrays.markOdd();
    }
    transfer.get(from, row, values);
    mustAgree(arrays, () -> from.getRow(row), Nd4j.createFromArray(values), 0);
    transfer.put(values, target, row == 0 ? 0 : count - 1);
    mustAgree(arrays, () -> from.getRow(row), target.getRow(row == 0 ? 0 : count - 1), 0);
  }
}
