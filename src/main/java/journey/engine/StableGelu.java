package journey.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * GELU with a gradient that is finite everywhere. A graph has it only during a step, for a graph
 * that is saved meanwhile names this class. Deeplearning4j divides e^(2·1.702·x) by a similar
 * number, and from x = 26 on both overflow float32.
 */
final class StableGelu extends ActivationGELU {

  private static final long serialVersionUID = 1;

  /** From here on the slope is 1 in float32. */
  private static final double STRAIGHT = 20;

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    return super.backprop(Transforms.min(in, STRAIGHT, false), epsilon);
  }

  /** Runs {@code work} while the graph's GELUs are stable, then restores its own. */
  static void during(ComputationGraph graph, Runnable work) {
    List<Runnable> undo = new ArrayList<>();
    for (var layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof ActivationLayer its) {
        replace(its.getActivationFn(), its::setActivationFn, undo);
      } else if (layer.conf().getLayer() instanceof BaseLayer its) {
        replace(its.getActivationFn(), its::setActivationFn, undo);
      }
    }
    try {
      work.run();
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private static void replace(IActivation own, Consumer<IActivation> setter, List<Runnable> undo) {
    if (new ActivationGELU().equals(own)) {
      setter.accept(new StableGelu());
      undo.add(() -> setter.accept(own));
    }
  }
}
