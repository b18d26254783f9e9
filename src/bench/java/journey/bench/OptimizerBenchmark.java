package journey.bench;

import java.util.List;
import journey.nn.Adam;
import journey.nn.AdamW;
import journey.nn.Momentum;
import journey.nn.Nesterov;
import journey.nn.Optimizer;
import journey.nn.Parameter;
import journey.nn.Sgd;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What an optimizer takes for the weights of a first layer. */
public class OptimizerBenchmark extends InMicroseconds {

  /** Neurons of the layer, each with 3,072 weights. */
  @Param({"64", "512"})
  public int neurons;

  /** Which optimizer. */
  @Param({"Sgd", "Momentum", "Nesterov", "Adam", "AdamW"})
  public String optimizer;

  private Optimizer subject;
  private List<Parameter> parameters;

  /** Weights and a gradient that stays, or becomes the step, which is of the same magnitude. */
  @Setup
  public void fill() {
    INDArray weights = LayerSizes.pictures(LayerSizes.FEATURES, neurons);
    parameters = List.of(new Parameter("W", weights, weights.dup(), true));
    subject = optimizerNamed(optimizer);
  }

  /** One step. */
  @Benchmark
  public INDArray update() {
    subject.update(parameters, 1e-3);
    return parameters.get(0).value();
  }

  private static Optimizer optimizerNamed(String name) {
    return switch (name) {
      case "Sgd" -> new Sgd();
      case "Momentum" -> new Momentum();
      case "Nesterov" -> new Nesterov();
      case "Adam" -> new Adam();
      case "AdamW" -> new AdamW(1e-2);
      default -> throw new IllegalArgumentException("there is no optimizer " + name);
    };
  }
}
