package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds our own Winograd to direct convolutions in 64 bits. */
class WinogradTest implements NeedsOneDnn {

  /**
   * Of the norm of all numbers: the transforms multiply by up to 8 and add what nearly cancels, so
   * that float32's 6e-8 grow to some 1e-6.
   */
  private static final double TOLERANCE = 3e-6;

  @ParameterizedTest
  @CsvSource({
    "1, 8, 8, 16, 16, true",
    "3, 8, 8, 32, 16, false",
    "2, 7, 5, 17, 19, true",
    "5, 9, 14, 3, 5, true",
    "4, 1, 1, 4, 4, true",
    "9, 4, 12, 40, 33, false",
    "2, 31, 31, 24, 8, true",
    "70, 6, 3, 8, 12, true"
  })
  void agreesWithDirectConvolutions(
      int pictures, int height, int width, int inputs, int outputs, boolean bias) {
    var shape = new Shape(pictures, height, width, inputs, outputs);
    var random = new Random(31L * shape.hashCode());
    float[] x = normal(random, shape.pixels() * inputs);
    float[] w = normal(random, 9 * inputs * outputs);
    float[] b = bias ? normal(random, outputs) : null;
    float[] dy = normal(random, shape.pixels() * outputs);

    var y = new double[dy.length];
    var dx = new double[x.length];
    var dw = new double[w.length];
    shape.eachProduct(
        (at, weight, to) -> {
          y[to] += (double) x[at] * w[weight];
          dx[at] += (double) dy[to] * w[weight];
          dw[weight] += (double) x[at] * dy[to];
        });
    var db = new double[outputs];
    for (int i = 0; i < y.length; i++) {
      y[i] += bias ? b[i % outputs] : 0;
      db[i % outputs] += dy[i];
    }

    var found = new float[][] {new float[y.length], null, new float[w.length], new float[outputs]};
    found[1] = new float[x.length];
    run(
        program -> {
          var winograd =
              new Winograd(program, new Tiles(pictures, height, width), inputs, outputs, 2);
          Tensor source = given(program, x);
          Tensor weights = given(program, w);
          Tensor gradient = given(program, dy);
          Tensor[] results = new Tensor[4];
          Arrays.setAll(results, i -> program.tensor(program.plain(found[i].length)));
          winograd.forward(source, weights, bias ? given(program, b) : null, false, results[0]);
          winograd.inputGradient(gradient, weights, results[1]);
          winograd.weightGradients(source, gradient, results[2], results[3]);
          for (int i = 0; i < found.length; i++) {
            int result = i;
            program.add(
                () -> found[result] = results[result].read(found[result].length), results[i]);
          }
        });
    agree("y", y, found[0]);
    agree("dx", dx, found[1]);
    agree("dw", dw, found[2]);
    agree("db", db, found[3]);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5"})
  void theNumberOfThreadsChangesNothing(int threads) {
    float[] alone = gradients(1);
    assertTrue(Arrays.stream(toDouble(alone)).anyMatch(each -> each != 0));
    assertArrayEquals(alone, gradients(threads));
  }

  private static float[] gradients(int threads) {
    var random = new Random(7);
    var result = new float[1][];
    run(
        program -> {
          var winograd = new Winograd(program, new Tiles(40, 8, 8), 16, 8, threads);
          Tensor x = given(program, normal(random, 40 * 64 * 16));
          Tensor dy = given(program, normal(random, 40 * 64 * 8));
          Tensor dw = program.tensor(program.plain(9 * 16 * 8));
          winograd.weightGradients(x, dy, dw, null);
          program.add(() -> result[0] = dw.read(9 * 16 * 8), dw);
        });
    return result[0];
  }

  @ParameterizedTest
  @CsvSource({"-1", "0.25", "NaN"})
  void reluFollows(float bias) {
    var found = new float[1][];
    run(
        program -> {
          var winograd = new Winograd(program, new Tiles(1, 2, 2), 4, 1, 1);
          Tensor x = given(program, new float[16]);
          Tensor w = given(program, new float[36]);
          Tensor y = program.tensor(program.plain(4));
          winograd.forward(x, w, given(program, new float[] {bias}), true, y);
          program.add(() -> found[0] = y.read(4), y);
        });
    float expected = Math.max(bias, 0);
    assertArrayEquals(new float[] {expected, expected, expected, expected}, found[0]);
  }

  private static void run(Consumer<Program> adds) {
    try (var workspace = new Workspace(bytes -> {});
        var program = new Program(true, new Plan.Memory(0, 0, workspace))) {
      adds.accept(program);
      program.finish();
      program.run();
      // Again, on memory that is no longer fresh.
      program.run();
    }
  }

  private static Tensor given(Program program, float[] values) {
    return program.constant(values);
  }

  private static void agree(String what, double[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(expected[i] - found[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    double relative = Math.sqrt(error / norm);
    assertTrue(relative < TOLERANCE, () -> what + " differs by " + relative);
  }

  private static float[] normal(Random random, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] toDouble(float[] values) {
    var result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** Of pictures whose channels lie together, and filters [height, width, inputs, outputs]. */
  private record Shape(int pictures, int height, int width, int inputs, int outputs) {

    int pixels() {
      return pictures * height * width;
    }

    /** Tells of each product of an input and a weight, and of the result it belongs to. */
    void eachProduct(Product product) {
      for (int to = 0; to < pixels(); to++) {
        int y = to / width % height;
        int x = to % width;
        for (int tap = 0; tap < 9; tap++) {
          int dy = tap / 3 - 1;
          int dx = tap % 3 - 1;
          if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) {
            continue;
          }
          int from = to + dy * width + dx;
          for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
              product.of(from * inputs + i, (tap * inputs + i) * outputs + o, to * outputs + o);
            }
          }
        }
      }
    }
  }

  private interface Product {
    void of(int input, int weight, int result);
  }
}
