package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import journey.data.Augmentation;
import journey.data.MiniBatches;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class BatchIteratorTest {

  private final INDArray pictures = Nd4j.rand(DataType.FLOAT, 40, 3, 32, 32);
  private final INDArray targets = Nd4j.ones(DataType.FLOAT, 40, 10).divi(10);

  private MiniBatches batches() {
    return new MiniBatches(pictures, targets, 16, 1).augmented(TinyCnn.RECIPE.augmentation(), 1);
  }

  @Test
  void graphFitTakesTheBatchesOfEveryEpochInTurn() {
    INDArray initial = graph().params();
    ComputationGraph byHand = graph();
    Nd4j.getRandom().setSeed(1);
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (DataSet batch : batches().epoch(epoch)) {
        byHand.fit(batch);
      }
    }
    ComputationGraph fitted = graph();
    Nd4j.getRandom().setSeed(1);
    var iterator = new BatchIterator(batches());
    fitted.fit(iterator, 2);
    fitted.fit(iterator);

    assertNotEquals(initial, byHand.params());
    assertEquals(byHand.params(), fitted.params());
  }

  private static ComputationGraph graph() {
    return new TinyCnn().network(TinyCnn.RECIPE, 1);
  }

  @Test
  void aPreprocessorSeesEveryBatch() {
    var plain = new MiniBatches(pictures, targets, 16, 1).augmented(Augmentation.NONE, 1);
    var iterator = new BatchIterator(plain);
    iterator.setPreProcessor(batch -> batch.getFeatures().addi(5));
    while (iterator.hasNext()) {
      assertEquals(5.5, iterator.next().getFeatures().meanNumber().doubleValue(), 0.1);
    }
  }
}
