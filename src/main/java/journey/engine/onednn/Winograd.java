package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Convolutions of 3 by 3 pixels, stride 1, padding 1, by Winograd's algorithm F(4x4, 3x3), for
 * processors on which oneDNN has none: a quarter of the multiplications of a direct convolution, as
 * 36 matrix products between transforms of tiles (Lavin and Gray, 2016, "Fast Algorithms for
 * Convolutional Neural Networks").
 *
 * <p>Rows of tiles are taken in blocks that one thread carries from input to result, so that what
 * lies between stays in its cache and nobody waits for anybody. A sum over tiles has a fixed order
 * whatever the number of threads.
 */
final class Winograd {

  private static final int KERNEL = 3;
  private static final int WEIGHTS = KERNEL * KERNEL;

  /** Enough tiles for an efficient product, few enough for the cache. */
  private static final int BLOCK = 128;

  /** Floats of all partial sums of a gradient. */
  private static final int PARTIAL_SUMS = 1 << 22;

  private static final int MOST_PARTS = 8;

  /** Elements of a filter transformed at once. */
  private static final int CHUNK = 1_024;

  private final Program program;
  private final Tiles tiles;
  private final int inputs;
  private final int outputs;
  private final int threads;

  Winograd(Program program, Tiles tiles, int inputs, int outputs, int threads) {
    this.threads = threads;
    this.program = program;
    this.tiles = tiles;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * y = x * weights.
   *
   * @param weights {@code [height, width, inputs, outputs]} in memory
   * @param bias may be null
   */
  void forward(Tensor x, Tensor weights, Tensor bias, boolean relu, Tensor y) {
    Tensor filters = filters(weights, false);
    convolve(x, inputs, filters, false, bias, relu, y, outputs);
  }

  /** dx = dy * weights, rotated and transposed. */
  void inputGradient(Tensor dy, Tensor weights, Tensor dx) {
    Tensor filters = filters(weights, true);
    convolve(dy, outputs, filters, true, null, false, dx, inputs);
  }

  private Tensor filters(Tensor weights, boolean rotated) {
    int each = inputs * outputs;
    Tensor filters = program.tensor(program.plain((long) Tiles.POINTS * each));
    int chunks = (each + CHUNK - 1) / CHUNK;
    program.prepare(
        () -> {
          FloatBuffer from = floats(weights, (long) WEIGHTS * each);
          FloatBuffer to = floats(filters, (long) Tiles.POINTS * each);
          Workers.share(
              chunks,
              threads,
              (worker, chunk) ->
                  transformFilters(
                      from, to, chunk * CHUNK, Math.min(CHUNK, each - chunk * CHUNK), rotated));
        },
        List.of(weights),
        List.of(filters));
    return filters;
  }

  private void transformFilters(FloatBuffer from, FloatBuffer to, int at, int n, boolean rotated) {
    int each = inputs * outputs;
    var weights = new float[WEIGHTS][n];
    var half = new float[Tiles.POINT_SIDE * KERNEL][n];
    var points = new float[Tiles.POINTS][n];
    for (int i = 0; i < WEIGHTS; i++) {
      from.get((rotated ? WEIGHTS - 1 - i : i) * each + at, weights[i]);
    }
    for (int j = 0; j < KERNEL; j++) {
      Linear.FILTER.apply(weights, j, KERNEL, half, j, KERNEL, n);
    }
    for (int i = 0; i < Tiles.POINT_SIDE; i++) {
      Linear.FILTER.apply(half, i * KERNEL, 1, points, i * Tiles.POINT_SIDE, 1, n);
    }
    for (int i = 0; i < Tiles.POINTS; i++) {
      to.put(i * each + at, points[i]);
    }
  }

  private void convolve(
      Tensor x,
      int in,
      Tensor filters,
      boolean transposed,
      Tensor bias,
      boolean relu,
      Tensor y,
      int out) {
    int rowsPerBlock = Math.min(tiles.rows(), Math.max(1, BLOCK / tiles.across()));
    int blocks = (tiles.rows() + rowsPerBlock - 1) / rowsPerBlock;
    int most = rowsPerBlock * tiles.across();
    Tensor sources = scratch(most, in);
    Tensor products = scratch(most, out);
    var inputScratch = scratches(in);
    var outputScratch = scratches(out);
    Runnable all =
        () -> {
          FloatBuffer source = tiles.pixels(x, in);
          FloatBuffer result = tiles.pixels(y, out);
          float[] biases = bias == null ? null : perTile(bias.read(out));
          Workers.share(
              blocks,
              threads,
              (worker, block) -> {
                int first = block * rowsPerBlock;
                int rows = Math.min(rowsPerBlock, tiles.rows() - first);
                int count = rows * tiles.across();
                var a = new Points(sources, worker, most, in);
                var b = new Points(products, worker, most, out);
                Tiles.Scratch scratch = inputScratch[worker];
                for (int i = 0; i < rows; i++) {
                  scratch.input(source, first + i);
                  a.put(scratch, i, count);
                }
                for (int point = 0; point < Tiles.POINTS; point++) {
                  multiply(
                      'N',
                      transposed ? 'T' : 'N',
                      count,
                      out,
                      in,
                      a.at(point, count),
                      in,
                      filters.block().address() + (long) Float.BYTES * point * in * out,
                      transposed ? in : out,
                      0,
                      b.at(point, count));
                }
                scratch = outputScratch[worker];
                for (int i = 0; i < rows; i++) {
                  b.get(scratch, i, count);
                  scratch.output(result, first + i, biases, relu);
                }
              });
        };
    if (bias == null) {
      program.add(all, x, filters, sources, products, y);
    } else {
      program.add(all, x, filters, sources, products, y, bias);
    }
  }

  /**
   * dw and db from x and dy.
   *
   * @param dw {@code [height, width, inputs, outputs]} in memory
   * @param db may be null
   */
  void weightGradients(Tensor x, Tensor dy, Tensor dw, Tensor db) {
    int each = inputs * outputs;
    long sum = (long) Tiles.POINTS * each;
    int parts = (int) Math.max(2, Math.min(MOST_PARTS, PARTIAL_SUMS / sum));
    int partRows = (tiles.rows() + parts - 1) / parts;
    int rowsPerBlock = Math.min(partRows, Math.max(1, BLOCK / tiles.across()));
    int most = rowsPerBlock * tiles.across();
    Tensor sources = scratch(most, inputs);
    Tensor gradients = scratch(most, outputs);
    Tensor sums = program.tensor(program.plain(parts * sum));
    var inputScratch = scratches(inputs);
    var outputScratch = scratches(outputs);
    var biases = new float[parts][outputs];
    program.add(
        () -> {
          FloatBuffer source = tiles.pixels(x, inputs);
          FloatBuffer gradient = tiles.pixels(dy, outputs);
          Workers.share(
              parts,
              threads,
              (worker, part) -> {
                Arrays.fill(biases[part], 0);
                int start = part * partRows;
                int end = Math.min(tiles.rows(), start + partRows);
                var a = new Points(sources, worker, most, inputs);
                var b = new Points(gradients, worker, most, outputs);
                long to = sums.block().address() + Float.BYTES * part * sum;
                if (start >= end) {
                  NativeHandles.floats(to).capacity(sum).zero();
                }
                for (int first = start; first < end; first += rowsPerBlock) {
                  int rows = Math.min(rowsPerBlock, end - first);
                  int count = rows * tiles.across();
                  for (int i = 0; i < rows; i++) {
                    inputScratch[worker].input(source, first + i);
                    a.put(inputScratch[worker], i, count);
                    outputScratch[worker].gradient(gradient, first + i);
                    b.put(outputScratch[worker], i, count);
                    addSums(outputScratch[worker], biases[part]);
                  }
                  for (int point = 0; point < Tiles.POINTS; point++) {
                    multiply(
                        'T',
                        'N',
                        inputs,
                        outputs,
                        count,
                        a.at(point, count),
                        inputs,
                        b.at(point, count),
                        outputs,
                        first == start ? 0 : 1,
                        to + (long) Float.BYTES * point * each);
                  }
                }
              });
        },
        x,
        dy,
        sources,
        gradients,
        sums);
    int chunks = (each + CHUNK - 1) / CHUNK;
    program.add(
        () -> {
          FloatBuffer from = floats(sums, parts * sum);
          FloatBuffer to = floats(dw, (long) WEIGHTS * each);
          Workers.share(
              chunks,
              threads,
              (worker, chunk) ->
                  transformGradients(
                      from, parts, to, chunk * CHUNK, Math.min(CHUNK, each - chunk * CHUNK)));
        },
        sums,
        dw);
    if (db != null) {
      program.add(
          () -> {
            var total = new float[outputs];
            for (float[] part : biases) {
              for (int i = 0; i < outputs; i++) {
                total[i] += part[i];
              }
            }
            db.write(total);
          },
          db);
    }
  }

  /** The point in which all of a tile's 16 numbers are added up. */
  private void addSums(Tiles.Scratch scratch, float[] sums) {
    float[] tileSums = scratch.points()[Tiles.POINT_SIDE + 1];
    for (int tile = 0; tile < tiles.across(); tile++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += tileSums[tile * sums.length + i];
      }
    }
  }

  private void transformGradients(FloatBuffer from, int parts, FloatBuffer to, int at, int n) {
    int each = inputs * outputs;
    var points = new float[Tiles.POINTS][n];
    var more = new float[n];
    var half = new float[KERNEL * Tiles.POINT_SIDE][n];
    var weights = new float[WEIGHTS][n];
    for (int i = 0; i < Tiles.POINTS; i++) {
      from.get(i * each + at, points[i]);
      for (int part = 1; part < parts; part++) {
        from.get((part * Tiles.POINTS + i) * each + at, more);
        add(more, points[i]);
      }
    }
    for (int j = 0; j < Tiles.POINT_SIDE; j++) {
      Linear.FILTER_GRADIENT.apply(points, j, Tiles.POINT_SIDE, half, j, Tiles.POINT_SIDE, n);
    }
    for (int i = 0; i < KERNEL; i++) {
      Linear.FILTER_GRADIENT.apply(half, i * Tiles.POINT_SIDE, 1, weights, i * KERNEL, 1, n);
    }
    for (int i = 0; i < WEIGHTS; i++) {
      to.put(i * each + at, weights[i]);
    }
  }

  private static void add(float[] a, float[] r) {
    for (int i = 0; i < r.length; i++) {
      r[i] += a[i];
    }
  }

  private float[] perTile(float[] bias) {
    var result = new float[tiles.across() * bias.length];
    for (int i = 0; i < tiles.across(); i++) {
      System.arraycopy(bias, 0, result, i * bias.length, bias.length);
    }
    return result;
  }

  private Tensor scratch(int most, int channels) {
    return program.tensor(program.plain((long) threads * Tiles.POINTS * most * channels));
  }

  private Tiles.Scratch[] scratches(int channels) {
    var result = new Tiles.Scratch[threads];
    Arrays.setAll(result, i -> tiles.new Scratch(channels));
    return result;
  }

  private static FloatBuffer floats(Tensor tensor, long count) {
    return Tiles.buffer(tensor.block().address(), count);
  }

  private static void multiply(
      char opA,
      char opB,
      long m,
      long n,
      long k,
      long a,
      long lda,
      long b,
      long ldb,
      float beta,
      long c) {
    NativeHandles.check(
        dnnl_sgemm(
            (byte) opA,
            (byte) opB,
            m,
            n,
            k,
            1,
            NativeHandles.floats(a),
            lda,
            NativeHandles.floats(b),
            ldb,
            beta,
            NativeHandles.floats(c),
            n),
        "multiply matrices");
  }

  /** One thread's part of a scratch tensor: a matrix of tiles by channels for each point. */
  private final class Points {

    private final long address;
    private final FloatBuffer floats;
    private final int channels;

    Points(Tensor tensor, int worker, int most, int channels) {
      long size = (long) Tiles.POINTS * most * channels;
      address = tensor.block().address() + Float.BYTES * worker * size;
      floats = Tiles.buffer(address, size);
      this.channels = channels;
    }

    long at(int point, int count) {
      return address + (long) Float.BYTES * point * count * channels;
    }

    void put(Tiles.Scratch row, int i, int count) {
      for (int point = 0; point < Tiles.POINTS; point++) {
        floats.put(point * count * channels + i * row.length(), row.points()[point]);
      }
    }

    void get(Tiles.Scratch row, int i, int count) {
      for (int point = 0; point < Tiles.POINTS; point++) {
        floats.get(point * count * channels + i * row.length(), row.points()[point]);
      }
    }
  }
}
