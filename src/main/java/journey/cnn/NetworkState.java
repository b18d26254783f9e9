package journey.cnn;

import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a training stands, in arrays that can travel to another machine.
 *
 * @param parameters the network's weights, and the running statistics of its batch norms
 * @param updater what the updater keeps from step to step, such as momenta
 * @param momenta what {@link Muon} keeps
 * @param lossSum the sum of the losses of the examples that were learned from on the way here
 * @param examples how many these are
 */
public record NetworkState(
    float[] parameters, float[] updater, float[] momenta, double lossSum, long examples)
    implements Serializable {

  /** Nobody's, which adds nothing to a sum. */
  public static final NetworkState NONE =
      new NetworkState(new float[0], new float[0], new float[0], 0, 0);

  static NetworkState of(ComputationGraph graph, Muon muon, double lossSum, long examples) {
    return new NetworkState(
        values(graph.params()),
        values(graph.getUpdater().getStateViewArray()),
        values(muon.momenta()),
        lossSum,
        examples);
  }

  /** Brings a graph of the same architecture, and what moves its filters, to this state. */
  void into(ComputationGraph graph, Muon muon) {
    assign(parameters, graph.params());
    assign(updater, graph.getUpdater().getStateViewArray());
    assign(momenta, muon.momenta());
  }

  /** An updater that keeps nothing has no array. */
  private static float[] values(INDArray array) {
    return array == null ? new float[0] : array.ravel().toFloatVector();
  }

  private static void assign(float[] values, INDArray array) {
    if (array != null) {
      array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
    }
  }

  /** The sums, number by number. */
  public NetworkState plus(NetworkState other) {
    if (parameters.length == 0) {
      return other;
    }
    if (other.parameters.length == 0) {
      return this;
    }
    return new NetworkState(
        sum(parameters, other.parameters),
        sum(updater, other.updater),
        sum(momenta, other.momenta),
        lossSum + other.lossSum,
        examples + other.examples);
  }

  /** The mean, where this is the sum of so many; loss and examples stay sums. */
  NetworkState mean(int count) {
    return new NetworkState(
        share(parameters, count), share(updater, count), share(momenta, count), lossSum, examples);
  }

  private static float[] sum(float[] a, float[] b) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  private static float[] share(float[] sum, int count) {
    float[] share = new float[sum.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = sum[i] / count;
    }
    return share;
  }
}
