package journey.engine.onednn;

/**
 * Multiplies columns of numbers by a small constant matrix: the one-dimensional transforms of
 * Winograd's algorithm.
 *
 * <p>Each row of the matrix is a loop of its own that writes one stretch of an array, for that is
 * what Java's compiler vectorises; a loop with six results stays scalar.
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
   * Applies it to {@code n} columns.
   *
   * @param from where each row of the source begins
   * @param to where the first row of the result begins
   * @param step how far apart the rows of the result are
   */
  void apply(float[] source, int[] from, float[] result, int to, int step, int n) {
    for (int row = 0; row < rows.length; row++) {
      sum(rows[row], source, from, result, to + row * step, n);
    }
  }

  private static void sum(float[] row, float[] s, int[] from, float[] r, int to, int n) {
    var at = new int[6];
    var by = new float[6];
    int terms = 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        at[terms] = from[i];
        by[terms++] = row[i];
      }
    }
    switch (terms) {
      case 1 -> one(s, at[0], by[0], r, to, n);
      case 2 -> two(s, at[0], by[0], at[1], by[1], r, to, n);
      case 3 -> three(s, at[0], by[0], at[1], by[1], at[2], by[2], r, to, n);
      case 4 ->
          four(s, at[0], by[0], at[1], by[1], at[2], by[2], at[3], by[3], r, to, n);
      default ->
          five(s, at[0], by[0], at[1], by[1], at[2], by[2], at[3], by[3], at[4], by[4], r, to, n);
    }
  }

  private static void one(float[] s, int a, float x, float[] r, int to, int n) {
    for (int i = 0; i < n; i++) {
      r[to + i] = x * s[a + i];
    }
  }

  private static void two(float[] s, int a, float x, int b, float y, float[] r, int to, int n) {
    for (int i = 0; i < n; i++) {
      r[to + i] = x * s[a + i] + y * s[b + i];
    }
  }

  private static void three(
      float[] s, int a, float x, int b, float y, int c, float z, float[] r, int to, int n) {
    for (int i = 0; i < n; i++) {
      r[to + i] = x * s[a + i] + y * s[b + i] + z * s[c + i];
    }
  }

  private static void four(
      float[] s,
      int a,
      float x,
      int b,
      float y,
      int c,
      float z,
      int d,
      float w,
      float[] r,
      int to,
      int n) {
    for (int i = 0; i < n; i++) {
      r[to + i] = x * s[a + i] + y * s[b + i] + z * s[c + i] + w * s[d + i];
    }
  }

  private static void five(
      float[] s,
      int a,
      float x,
      int b,
      float y,
      int c,
      float z,
      int d,
      float w,
      int e,
      float v,
      float[] r,
      int to,
      int n) {
    for (int i = 0; i < n; i++) {
      r[to + i] = x * s[a + i] + y * s[b + i] + z * s[c + i] + w * s[d + i] + v * s[e + i];
    }
  }
}
