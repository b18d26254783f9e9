package journey.cnn;

import static journey.fuzz.Answer.inDouble;
import static journey.fuzz.Answer.mustAgree;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import journey.data.ChannelStandardizer;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import journey.fuzz.RandomArrays;
import journey.fuzz.Target;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** The convolutional networks, and plain Deeplearning4j in 64 bits beside them. */
public final class CnnTargets {

  private static final double TOLERANCE = 1e-3;
  private static final int[] SIZES = {
    Integer.MIN_VALUE, -1, 0, 1, 3, 8, 10_000, 1 << 20, 1 << 29, Integer.MAX_VALUE
  };

  private CnnTargets() {}

  /** Adds all, by name. */
  public static void addTo(Map<String, Target> targets) {
    targets.put("CnnArchitecture.network", CnnTargets::network);
    targets.put("CnnClassifier", CnnTargets::classifier);
    targets.put("views and maps", CnnTargets::views);
    targets.put("Trainer", CnnTargets::train);
  }

  private static ComputationGraph tiny() {
    return new TinyCnn().network(TinyCnn.RECIPE, 1);
  }

  private static void network(RandomArrays arrays) {
    int width = SIZES[arrays.between(0, SIZES.length - 1)];
    if (width < 1 || width > 100) {
      arrays.markOdd();
    }
    IntFunction<CnnArchitecture> architecture =
        arrays.oneOf(BasicCnn::new, ImprovedCnn::new, ResidualCnn::new, FastCnn::new);
    ComputationGraph graph = architecture.apply(width).network(Recipes.improved(1), 1);
    if (width < 1 || graph.numParams() > 1e9) {
      throw new AssertionError("made a network of width " + width);
    }
    graph.close();
  }

  private static void classifier(RandomArrays arrays) {
    ImageShape shape = Cifar10.SHAPE;
    int names = 10;
    if (arrays.random().nextInt(6) == 0) {
      arrays.markOdd();
      shape = arrays.oneOf(new ImageShape(3, 31), new ImageShape(1, 32), new ImageShape(3, 64));
      names = arrays.between(0, 12);
    }
    int count = arrays.oneOf(1, arrays.between(1, 6), arrays.between(0, 6));
    if (count == 0) {
      arrays.markOdd();
    }
    byte[] pixels = new byte[count * shape.features()];
    arrays.random().nextBytes(pixels);
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      classes.add("class " + i);
    }
    var images = new LabeledImages(shape, pixels, new int[count], classes);
    var preprocessing = new ChannelStandardizer(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.3, 0.25));
    ComputationGraph graph = tiny();
    try (var classifier =
        new CnnClassifier(
            graph, Cifar10.SHAPE, preprocessing, classes, TestTimeAugmentation.NONE)) {
      INDArray answer = classifier.probabilities(images);
      INDArray inputs =
          preprocessing.apply(images).reshape(Cifar10.SHAPE.batch(count)).castTo(DataType.DOUBLE);
      mustAgree(arrays, () -> plain(graph).output(inputs), answer, TOLERANCE);
    }
  }

  /** The same network in 64 bits. */
  private static GraphRunner plain(ComputationGraph graph) {
    return GraphRunner.plain(graph.convertDataType(DataType.DOUBLE));
  }

  private static void views(RandomArrays arrays) {
    int count = arrays.between(1, 4);
    INDArray pictures = arrays.array(DataType.FLOAT, count, 3, 32, 32);
    ComputationGraph graph = tiny();
    try (GraphRunner runner = GraphRunner.of(graph)) {
      switch (arrays.between(0, 2)) {
        case 0 -> {
          TestTimeAugmentation views = arrays.oneOf(TestTimeAugmentation.values());
          INDArray answer = views.probabilities(runner, pictures);
          mustAgree(
              arrays,
              () -> views.probabilities(GraphRunner.plain(graph), pictures),
              answer,
              TOLERANCE);
        }
        case 1 -> {
          int side = arrays.between(1, 33);
          int stride = arrays.between(8, 33);
          int classNumber = arrays.oneOf(0, 9, 10, -1);
          boolean isClass = classNumber >= 0 && classNumber < 10;
          if (count > 1 || side > 32 || stride > side || !isClass) {
            arrays.markOdd();
          }
          var map = OcclusionMap.of(runner, pictures, classNumber, side, stride);
          if (!Double.isFinite(map.largest())) {
            throw new AssertionError("a map that is not finite");
          }
        }
        default -> {
          if (count > 1) {
            arrays.markOdd();
          }
          FeatureMaps maps = FeatureMaps.of(graph, pictures);
          mustAgree(
              arrays,
              () ->
                  FeatureMaps.of(graph.convertDataType(DataType.DOUBLE), inDouble(pictures))
                      .of("relu"),
              maps.of("relu"),
              TOLERANCE);
        }
      }
    } finally {
      graph.close();
    }
  }

  private static void train(RandomArrays arrays) throws IOException {
    double epochs = 1;
    int batch = 16;
    double rate = 1e-3;
    if (arrays.random().nextBoolean()) {
      arrays.markOdd();
      epochs = arrays.oneOf(0.01, 1e12, (double) (1 << 29), Double.NaN, -1.0, 1e300);
      batch = arrays.oneOf(0, -1, 1, 40, Integer.MAX_VALUE, 16);
      rate = arrays.oneOf(1e-3, Double.NaN, -1.0, 1e30, 0.0);
    }
    var recipe =
        new Recipe(
            epochs,
            batch,
            new Sgd(rate),
            TinyCnn.RECIPE.weightDecay(),
            progress -> 1,
            0.1,
            TinyCnn.RECIPE.augmentation(),
            MuonSettings.NONE);
    LabeledImages images = TinyCnn.pictures(40);
    TrainedCnn trained =
        new Trainer(new TinyCnn(), recipe, 1)
            .timeBudget(Duration.ofMillis(30))
            .fit(images, images.first(20));
    if (!Double.isFinite(trained.classifier().graph().params().sumNumber().doubleValue())) {
      throw new AssertionError("went on with parameters that are not finite");
    }
    if (epochs > 1 && trained.ending() == TrainedCnn.Ending.COMPLETE) {
      throw new AssertionError(epochs + " epochs were complete at once");
    }
    trained.classifier().graph().close();
  }
}
