package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import journey.data.Augmentation.Border;
import journey.data.Augmentation.Flip;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The figures of the notebooks depend on every bit of these batches. */
class GoldenBatchesTest {

  private static final ImageShape SHAPE = new ImageShape(3, 32);
  private static final int COUNT = 75;
  private static final int CLASSES = 10;

  @ParameterizedTest
  @CsvSource({
    "0, ZERO, NONE, 0, 16, 0.1, 6954b81c32ef04a75b60e6a7ffa4318f",
    "0, ZERO, RANDOM, 0, 16, 0, 1d0c21eb5da6137261c2e6edec24c9ee",
    "0, ZERO, ALTERNATING, 0, 16, 0.2, 1e388f9dde72b118b47f35666f909bb8",
    "2, ZERO, RANDOM, 0, 16, 0.1, 1c139cb943c3a6f324f306f261260818",
    "2, REFLECT, ALTERNATING, 0, 32, 0.2, e4cbf194788f230acdf6e501ba6bb63e",
    "31, REFLECT, NONE, 0, 25, 0, 555f0e43ca2e1e98fe5a10153849edd1",
    "0, ZERO, NONE, 8, 16, 0, ef400e34ad92e36c95898df481c378eb",
    "3, ZERO, RANDOM, 5, 100, 0.3, a82f6f55dde192cee4103074c88a1677",
    "2, REFLECT, ALTERNATING, 6, 75, 0.1, a68e447070d328da4add8ec41d124bb5",
  })
  void picturesAndTargetsOfThreeEpochs(
      int shift,
      Border border,
      Flip flip,
      int cutout,
      int batchSize,
      double smoothing,
      String expected) {
    var names = IntStream.range(0, CLASSES).mapToObj(c -> "class " + c).toList();
    int[] labels = IntStream.range(0, COUNT).map(i -> i * i % CLASSES).toArray();
    var images = new LabeledImages(SHAPE, new byte[COUNT * SHAPE.features()], labels, names);
    INDArray targets = Targets.oneHot(images, smoothing);
    MiniBatches batches =
        new MiniBatches(pictures().reshape(COUNT, 3, 32, 32), targets, batchSize, 5)
            .augmented(new Augmentation(shift, border, flip, cutout), 5);
    assertEquals(expected, hashOfThreeEpochs(batches));
  }

  @ParameterizedTest
  @CsvSource({
    "plain, 450131a8da16ac83ed6ee70b9acc88fa",
    "mirrored, c525d0a7c62596b8571dd5d0aa143e51",
    "shifted, a792917e5962371d0fa3c08f6054774f"
  })
  void rowsOfThreeEpochs(String which, String expected) {
    INDArray targets = Nd4j.arange(COUNT).castTo(DataType.FLOAT).reshape(COUNT, 1);
    var plain = new MiniBatches(pictures(), targets, 16, 1);
    MiniBatches batches =
        switch (which) {
          case "plain" -> plain;
          case "mirrored" -> plain.mirrored(1);
          default -> plain.mirrored(1).shifted(2, 1);
        };
    assertEquals(expected, hashOfThreeEpochs(batches));
  }

  private static String hashOfThreeEpochs(MiniBatches batches) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (DataSet batch : batches.epoch(epoch)) {
        add(batch.getFeatures(), digest);
        add(batch.getLabels(), digest);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
  }

  private static INDArray pictures() {
    var random = new SplittableRandom(1);
    float[] values = new float[COUNT * 3072];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(1, 1000) / 8f;
    }
    return Nd4j.create(values, new long[] {COUNT, 3072}, 'c');
  }

  private static void add(INDArray array, MessageDigest digest) {
    digest.update(Arrays.toString(array.shape()).getBytes());
    float[] values = array.dup('c').data().asFloat();
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
  }
}
