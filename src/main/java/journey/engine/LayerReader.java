package journey.engine;

import static journey.engine.GraphReader.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import journey.engine.onednn.BatchNorm;
import journey.engine.onednn.Convolution;
import journey.engine.onednn.Dense;
import journey.engine.onednn.DropoutMask;
import journey.engine.onednn.Elementwise;
import journey.engine.onednn.Flattening;
import journey.engine.onednn.Operation;
import journey.engine.onednn.Pooling;
import journey.engine.onednn.RunningStatistics;
import journey.engine.onednn.SoftmaxCrossEntropy;
import journey.engine.onednn.Weights;
import journey.engine.onednn.Window;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Reads one layer of Deeplearning4j as the operations that do the same. */
final class LayerReader {

  private static final String WEIGHTS = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private final ParameterPositions positions;
  private int dropouts;

  LayerReader(ParameterPositions positions) {
    this.positions = positions;
  }

  /** The operations, in order; none for a layer that does nothing. */
  List<Operation> read(String name, Layer layer) throws UnsupportedGraphException {
    var settings = layer.conf().getLayer();
    checkCommon(name, settings);
    Class<?> kind = layer.getClass();
    if (kind == org.deeplearning4j.nn.layers.convolution.ConvolutionLayer.class) {
      return convolution(name, layer, (ConvolutionLayer) settings);
    }
    if (kind == org.deeplearning4j.nn.layers.normalization.BatchNormalization.class) {
      return List.of(batchNorm(name, layer, (BatchNormalization) settings));
    }
    if (kind == org.deeplearning4j.nn.layers.ActivationLayer.class) {
      return activation(name, ((ActivationLayer) settings).getActivationFn());
    }
    if (kind == org.deeplearning4j.nn.layers.DropoutLayer.class) {
      return dropout(name, (DropoutLayer) settings);
    }
    if (kind == org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer.class) {
      return List.of(pooling(name, (SubsamplingLayer) settings));
    }
    if (kind == org.deeplearning4j.nn.layers.pooling.GlobalPoolingLayer.class) {
      return globalPooling(name, (GlobalPoolingLayer) settings);
    }
    if (kind == org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer.class) {
      return dense(name, layer, (DenseLayer) settings);
    }
    if (kind == org.deeplearning4j.nn.layers.OutputLayer.class) {
      return output(name, layer, (OutputLayer) settings);
    }
    throw new UnsupportedGraphException(name + " is a " + kind.getSimpleName());
  }

  private static void checkCommon(String name, org.deeplearning4j.nn.conf.layers.Layer settings)
      throws UnsupportedGraphException {
    require(
        settings.getConstraints() == null || settings.getConstraints().isEmpty(),
        name,
        "has constraints");
    if (settings instanceof BaseLayer base) {
      require(base.getWeightNoise() == null, name, "has weight noise");
      var normalization = base.getGradientNormalization();
      require(
          normalization == null || normalization == GradientNormalization.None,
          name,
          "normalizes its gradients (" + normalization + ")");
    }
  }

  private List<Operation> convolution(String name, Layer layer, ConvolutionLayer settings)
      throws UnsupportedGraphException {
    require(settings.getCnn2dDataFormat() == CNN2DFormat.NCHW, name, "is not NCHW");
    var operations = new ArrayList<>(dropout(name, settings));
    operations.add(
        new Convolution(
            (int) settings.getNIn(),
            (int) settings.getNOut(),
            window(
                name,
                settings.getKernelSize(),
                settings.getStride(),
                settings.getPadding(),
                settings.getDilation(),
                settings.getConvolutionMode()),
            weights(layer, 'c', settings.hasBias())));
    operations.addAll(activation(name, settings.getActivationFn()));
    return operations;
  }

  private Weights weights(Layer layer, char order, boolean biased)
      throws UnsupportedGraphException {
    return new Weights(
        positions.of(layer, WEIGHTS, order), biased ? positions.of(layer, BIAS, 'c') : null);
  }

  private static Window window(
      String name, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode)
      throws UnsupportedGraphException {
    require(Arrays.equals(dilation, new int[] {1, 1}), name, "is dilated");
    Window.Padding zeros =
        switch (mode) {
          case Same -> new Window.Padding.Same();
          case Truncate, Strict -> new Window.Padding.Explicit(padding[0], padding[1]);
          default ->
              throw new UnsupportedGraphException(name + " has the convolution mode " + mode);
        };
    return new Window(List.of(kernel[0], kernel[1]), List.of(stride[0], stride[1]), zeros);
  }

  private BatchNorm batchNorm(String name, Layer layer, BatchNormalization settings)
      throws UnsupportedGraphException {
    require(settings.getCnn2DFormat() == CNN2DFormat.NCHW, name, "is not NCHW");
    boolean locked = settings.isLockGammaBeta();
    boolean logarithmic = settings.isUseLogStd();
    return new BatchNorm(
        (int) settings.getNOut(),
        coefficient(layer, BatchNormalizationParamInitializer.GAMMA, locked, settings.getGamma()),
        coefficient(layer, BatchNormalizationParamInitializer.BETA, locked, settings.getBeta()),
        new RunningStatistics(
            positions.of(layer, BatchNormalizationParamInitializer.GLOBAL_MEAN, 'c'),
            positions.of(
                layer,
                logarithmic
                    ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                    : BatchNormalizationParamInitializer.GLOBAL_VAR,
                'c'),
            logarithmic,
            settings.getDecay()),
        settings.getEps(),
        false);
  }

  private BatchNorm.Coefficient coefficient(Layer layer, String name, boolean locked, double value)
      throws UnsupportedGraphException {
    return locked
        ? new BatchNorm.Coefficient.Constant(value)
        : new BatchNorm.Coefficient.Trained(positions.of(layer, name, 'c'));
  }

  private static List<Operation> activation(String name, IActivation function)
      throws UnsupportedGraphException {
    if (function.equals(new ActivationIdentity())) {
      return List.of();
    }
    return List.of(elementwise(name, function));
  }

  private static Elementwise elementwise(String name, IActivation function)
      throws UnsupportedGraphException {
    if (function.equals(new ActivationReLU())) {
      return Elementwise.RELU;
    }
    if (function.equals(new ActivationGELU())) {
      return Elementwise.GELU;
    }
    if (function.equals(new ActivationSwish())) {
      return Elementwise.SWISH;
    }
    if (function.equals(new ActivationSigmoid())) {
      return Elementwise.SIGMOID;
    }
    if (function.equals(new ActivationTanH())) {
      return Elementwise.TANH;
    }
    throw new UnsupportedGraphException(name + " has the activation " + function);
  }

  /** Dropout of a layer's inputs, if it has any. */
  private List<Operation> dropout(String name, org.deeplearning4j.nn.conf.layers.Layer settings)
      throws UnsupportedGraphException {
    var dropout = settings.getIDropout();
    if (dropout == null) {
      return List.of();
    }
    if (dropout.getClass() == org.deeplearning4j.nn.conf.dropout.Dropout.class) {
      var plain = (org.deeplearning4j.nn.conf.dropout.Dropout) dropout;
      if (plain.getPSchedule() == null) {
        return List.of(new DropoutMask(plain.getP(), ++dropouts));
      }
    }
    throw new UnsupportedGraphException(name + " has the dropout " + dropout);
  }

  private static Pooling pooling(String name, SubsamplingLayer settings)
      throws UnsupportedGraphException {
    require(settings.getCnn2dDataFormat() == CNN2DFormat.NCHW, name, "is not NCHW");
    Window window =
        window(
            name,
            settings.getKernelSize(),
            settings.getStride(),
            settings.getPadding(),
            settings.getDilation(),
            settings.getConvolutionMode());
    require(window.padding().equals(Window.NO_PADDING), name, "pads what it pools");
    return new Pooling(kind(name, settings.getPoolingType()), window);
  }

  private static Pooling.Kind kind(String name, PoolingType type) throws UnsupportedGraphException {
    return switch (type) {
      case MAX -> Pooling.Kind.MAX;
      case AVG -> Pooling.Kind.MEAN;
      default -> throw new UnsupportedGraphException(name + " pools by " + type);
    };
  }

  private static List<Operation> globalPooling(String name, GlobalPoolingLayer settings)
      throws UnsupportedGraphException {
    require(settings.isCollapseDimensions(), name, "keeps dimensions of size 1");
    return List.of(
        new Pooling(kind(name, settings.getPoolingType()), Window.whole()), new Flattening());
  }

  private List<Operation> dense(String name, Layer layer, DenseLayer settings)
      throws UnsupportedGraphException {
    require(!settings.hasLayerNorm(), name, "has layer norm");
    var operations = product(name, layer, settings, settings.hasBias());
    operations.addAll(activation(name, settings.getActivationFn()));
    return operations;
  }

  private List<Operation> output(String name, Layer layer, OutputLayer settings)
      throws UnsupportedGraphException {
    require(
        settings.getActivationFn().equals(new ActivationSoftmax()),
        name,
        "has the activation " + settings.getActivationFn() + ", not softmax");
    if (!(settings.getLossFn() instanceof LossMCXENT loss) || loss.getWeights() != null) {
      throw new UnsupportedGraphException(
          "%s has the loss %s, not the unweighted cross entropy of classes"
              .formatted(name, settings.getLossFn()));
    }
    var operations = product(name, layer, settings, settings.hasBias());
    operations.add(new SoftmaxCrossEntropy(loss.getSoftmaxClipEps()));
    return operations;
  }

  private List<Operation> product(
      String name, Layer layer, FeedForwardLayer settings, boolean biased)
      throws UnsupportedGraphException {
    var operations = new ArrayList<>(dropout(name, settings));
    operations.add(
        new Dense((int) settings.getNIn(), (int) settings.getNOut(), weights(layer, 'f', biased)));
    return operations;
  }
}
