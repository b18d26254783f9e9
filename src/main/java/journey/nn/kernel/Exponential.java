package journey.nn.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * eˣ for chunks of float32 numbers, in loops that Java vectorises; {@code Math.exp} takes one
 * number at a time.
 *
 * <p>With x = k·ln 2 + r and |r| ≤ ln 2 / 2, eˣ = 2ᵏ·eʳ; a polynomial is eʳ, and 2ᵏ is k written
 * into the exponent of a float. The relative error is below 2·10⁻⁷ for x from −87 to 87; beyond, x
 * is taken as the nearer of the two.
 *
 * @see <a href="https://www.netlib.org/cephes/">Moshier's Cephes library, expf</a>
 */
final class Exponential {

  /** e⁸⁷ and e⁻⁸⁷ are normal numbers, and so are their inverses. */
  private static final float LARGEST = 87;

  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts, the first one with so few bits that its product with k is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5·2²³: a small number added to it is rounded to an integer, which its last bits then are. */
  private static final float ROUND = 0x1.8p23f;

  private static final int MANTISSA_BITS = 23;
  private static final int ONE = Float.floatToRawIntBits(1);

  /** Memory that is seen as floats or as their bits: Java has no vectorised conversion. */
  private final FloatBuffer floats;

  private final IntBuffer bits;
  private final float[] powers;
  private final int[] integers;

  /** For chunks of this size at most. */
  Exponential(int size) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
    floats = memory.asFloatBuffer();
    bits = memory.asIntBuffer();
    powers = new float[size];
    integers = new int[size];
  }

  /** How many elements a chunk may have. */
  int size() {
    return powers.length;
  }

  /** x ← eˣ for the first n elements; NaN stays NaN. */
  void apply(float[] x, int n) {
    reduce(x, powers, n);
    floats.put(0, powers, 0, n);
    bits.get(0, integers, 0, n);
    for (int i = 0; i < n; i++) {
      integers[i] = (integers[i] << MANTISSA_BITS) + ONE;
    }
    bits.put(0, integers, 0, n);
    floats.get(0, powers, 0, n);
    for (int i = 0; i < n; i++) {
      x[i] *= powers[i];
    }
  }

  /** k ← ROUND + k and x ← eʳ. */
  private static void reduce(float[] x, float[] k, int n) {
    for (int i = 0; i < n; i++) {
      float bounded = Math.min(Math.max(x[i], -LARGEST), LARGEST);
      float rounded = bounded * LOG2_E + ROUND;
      float whole = rounded - ROUND;
      float r = bounded - whole * LN2_HIGH - whole * LN2_LOW;
      float p = 1.9875691500e-4f;
      p = p * r + 1.3981999507e-3f;
      p = p * r + 8.3334519073e-3f;
      p = p * r + 4.1665795894e-2f;
      p = p * r + 1.6666665459e-1f;
      p = p * r + 5.0000001201e-1f;
      x[i] = p * r * r + r + 1;
      k[i] = rounded;
    }
  }
}
