package journey.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import journey.plot.ReadingView;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The live view of a network that reads digits, in frames a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadingViewBenchmark {

  private static final int[] SIZES = {784, 128, 64, 10};

  private ReadingView view;
  private List<INDArray> activations;
  private int frames;

  /** A network of random weights, and what a random picture stirs up in it. */
  @Setup
  public void build() {
    List<INDArray> weights =
        IntStream.range(1, SIZES.length)
            .mapToObj(
                i -> Nd4j.randn(DataType.FLOAT, SIZES[i - 1], SIZES[i]).muli(1 / Math.sqrt(64)))
            .toList();
    INDArray x = Nd4j.rand(DataType.FLOAT, 1, SIZES[0]);
    INDArray first = Transforms.relu(x.mmul(weights.get(0)));
    INDArray second = Transforms.relu(first.mmul(weights.get(1)));
    activations = List.of(x, first, second, Transforms.softmax(second.mmul(weights.get(2))));
    view = ReadingView.of(IntStream.range(0, 10).mapToObj(Integer::toString).toList(), weights);
  }

  /** One frame, and the PNG that a notebook's page gets. */
  @Benchmark
  public int frame() throws IOException {
    BufferedImage image = view.read("frame", frames++ % 10, activations);
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.size();
  }
}
