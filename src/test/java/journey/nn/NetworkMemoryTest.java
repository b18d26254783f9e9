package journey.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import journey.engine.LiveBytes;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Watches the bytes that ND4J's native side holds, not seconds and not the whole process. */
class NetworkMemoryTest {

  @Test
  void aThousandEpochsLeaveNothingBehind() throws InterruptedException {
    assumeTrue(LiveBytes.areCounted());
    Random random = Arrays2D.random(1);
    Network network =
        new Network(
            new CategoricalCrossEntropy(),
            new Penalty(1e-6, 1e-6),
            new DenseLayer(64, 32, new ReLU(), new He(), random),
            new Dropout(32, 0.2, random),
            new DenseLayer(32, 4, new Identity(), new He(), random));
    INDArray x = Arrays2D.gaussian(random, 16, 64).castTo(DataType.FLOAT);
    INDArray y = Arrays2D.oneHot(random, 16, 4, 4).castTo(DataType.FLOAT);
    DataSet batch = new DataSet(x, y);
    NetworkTest.fit(network, batch, 20);
    EarlyStopping stopping = new EarlyStopping(network, 1_000);
    stopping.goOnAfter(1, 0);
    long before = LiveBytes.settled();
    INDArray seen = Nd4j.zeros(DataType.FLOAT, 256, 1024);
    assertTrue(LiveBytes.settled() - before >= 1 << 20, "the measure must see an array of 1 MB");
    seen.close();

    network.fit(
        NetworkTest.batches(1, epoch -> List.of(batch)),
        1_000,
        new Adam(),
        LearningRateSchedule.cosine(0.01),
        epoch ->
            stopping.goOnAfter(epoch, epoch % 10 == 0 ? network.evaluate(x, y).accuracy() : 0));
    long grown = LiveBytes.settled() - before;
    // Adam's two arrays for each parameter, 18 kB, and some slack for ND4J's constants. One array
    // of the first layer's size for each epoch would be 8 MB.
    assertTrue(grown < 100_000, "live bytes grew by " + grown);
  }
}
