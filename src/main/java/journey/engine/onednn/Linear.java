package journey.engine.onednn;

/**
 * Multiplies columns of numbers by a small constant matrix: the one-dimensional transforms of
 * Winograd's algorithm.
 *
 * <p>Each row of the matrix is a loop of its own over whole arrays, for that is what Java's
 * compiler vectorises; a loop with six results, or with arrays that begin at different places,
 * stays scalar.
 */
enum Linear {

  /** Input tiles, 6 to 6. */
  INPUT(
      new float[][] {
        {4, 0, -5, 0, 1, 0},
        {0, -4, -4, 1, 1, 0},
        {0, 4, -4, -1, 1, 0},
        {0, -2, -1, 2, 1, 0},
        {0, 2, -1, -2, 1, 0},
        {0, 4, 0, -5, 0, 1}
      }),

  /** Filters, 3 to 6. */
  FILTER(
      new float[][] {
        {1 / 4f, 0, 0},
        {-1 / 6f, -1 / 6f, -1 / 6f},
        {-1 / 6f, 1 / 6f, -1 / 6f},
        {1 / 24f, 1 / 12f, 1 / 6f},
        {1 / 24f, -1 / 12f, 1 / 6f},
        {0, 0, 1}
      }),

  /** Products, 6 to the 4 results of a tile. */
  OUTPUT(
      new float[][] {
        {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
      }),

  /** Gradients of a tile's results, 4 to 6. */
  OUTPUT_GRADIENT(transposed(OUTPUT.rows)),

  /** Gradients of products, 6 to the 3 of a filter. */
  FILTER_GRADIENT(transposed(FILTER.rows));

  private final float[][] rows;

  Linear(float[][] rows) {
    this.rows = rows;
  }

  private static float[][] transposed(float[][] matrix) {
    var result = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  int inputs() {
    return rows[0].length;
  }

  int outputs() {
    return rows.length;
  }

  /**
   * Applies it to {@code n} columns. A row of a matrix lies in an array of its own.
   *
   * @param from the first row of the source; the next ones are {@code fromStep} apart
   * @param to the first row of the result; the next ones are {@code toStep} apart
   */
  void apply(
      float[][] source, int from, int fromStep, float[][] result, int to, int toStep, int n) {
    for (int row = 0; row < rows.length; row++) {
      sum(rows[row], source, from, fromStep, result[to + row * toStep], n);
    }
  }

  private static void sum(
      float[] row, float[][] source, int from, int step, float[] result, int n) {
    var s = new float[row.length][];
    var by = new float[row.length];
    int terms = 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        s[terms] = source[from + i * step];
        by[terms++] = row[i];
      }
    }
    switch (terms) {
      case 1 -> one(s[0], by[0], result, n);
      case 2 -> two(s[0], by[0], s[1], by[1], result, n);
      case 3 -> three(s[0], by[0], s[1], by[1], s[2], by[2], result, n);
      case 4 -> four(s[0], by[0], s[1], by[1], s[2], by[2], s[3], by[3], result, n);
      default -> {
        four(s[0], by[0], s[1], by[1], s[2], by[2], s[3], by[3], result, n);
        add(s[4], by[4], result, n);
      }
    }
  }

  private static void one(float[] a, float x, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = x * a[i];
    }
  }

  private static void two(float[] a, float x, float[] b, float y, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = x * a[i] + y * b[i];
    }
  }

  private static void three(
      float[] a, float x, float[] b, float y, float[] c, float z, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = x * a[i] + y * b[i] + z * c[i];
    }
  }

  private static void four(
      float[] a,
      float x,
      float[] b,
      float y,
      float[] c,
      float z,
      float[] d,
      float w,
      float[] r,
      int n) {
    for (int i = 0; i < n; i++) {
      r[i] = x * a[i] + y * b[i] + z * c[i] + w * d[i];
    }
  }

  private static void add(float[] a, float x, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] += x * a[i];
    }
  }
}
