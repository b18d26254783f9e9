package journey.cnn;

import java.io.Closeable;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Keeps a training's state from one process to the next, for as long as it is open. */
interface Checkpoints extends Closeable {

  /** Keeps nothing, so every training begins at the start. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public TrainingState resume(ComputationGraph graph, Muon muon) {
          return TrainingState.start();
        }

        @Override
        public void write(
            TrainingState state, ComputationGraph graph, Muon muon, byte[] classifier) {
          // Nowhere to write it.
        }
      };

  /**
   * Brings graph and momenta to the newest state that was kept of this training.
   *
   * @return how far the training had come
   * @throws CheckpointException if there are checkpoints, but none of them can be used
   */
  TrainingState resume(ComputationGraph graph, Muon muon) throws IOException;

  /** Keeps the state at the end of an epoch or a round. */
  void write(TrainingState state, ComputationGraph graph, Muon muon, byte[] classifier)
      throws IOException;

  @Override
  default void close() throws IOException {}
}
