package journey.cnn;

import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Asks saved networks, in a process that has Deeplearning4j but none of this project's classes.
 * This file is run as it is, so it must not name any.
 */
final class PlainDeeplearning4j {

  private PlainDeeplearning4j() {}

  /**
   * @param files three for each network: itself, the inputs, and where the answers go
   */
  public static void main(String[] files) throws IOException {
    requireAbsent("journey.cnn.CnnClassifier");
    for (int i = 0; i < files.length; i += 3) {
      ComputationGraph network = ComputationGraph.load(new File(files[i]), false);
      Nd4j.saveBinary(
          network.outputSingle(Nd4j.readBinary(new File(files[i + 1]))), new File(files[i + 2]));
    }
  }

  private static void requireAbsent(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException expected) {
      return;
    }
    throw new IllegalStateException(name + " is on the class path");
  }
}
