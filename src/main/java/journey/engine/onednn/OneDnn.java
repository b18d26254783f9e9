package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

/** The oneDNN library that is loaded. */
public final class OneDnn {

  /**
   * The system property that decides, as {@code true} or {@code false}, whether our own Winograd
   * convolutions are used; unset: where they are faster, on processors for which oneDNN has none.
   */
  public static final String WINOGRAD = "journey.winograd";

  /**
   * With fewer channels the transforms cost more than the products save. A rule and not a timing,
   * so that the same seed gives the same result. Batches of 128 on two cores held to AVX2, forward,
   * ms, direct and Winograd: 32 to 32 channels at 32x32 21.6 and 29.1, 32 to 64 at 16x16 11.4 and
   * 12.7, 64 to 64 at 16x16 23.4 and 16.2, 64 to 128 at 8x8 11.5 and 9.0.
   */
  private static final int FEWEST_CHANNELS = 64;

  private OneDnn() {}

  /**
   * Its name and version.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static String describe() {
    var version = dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }

  /** The widest vector instructions that its float32 convolutions use on this processor. */
  public static String instructions() {
    int isa = dnnl_get_effective_cpu_isa();
    if (has(isa, dnnl_cpu_isa_avx512_core)) {
      return "avx512_core, Winograd";
    }
    return has(isa, dnnl_cpu_isa_avx2) ? "avx2" : has(isa, dnnl_cpu_isa_avx) ? "avx" : "sse41";
  }

  /** Whether {@link Winograd} computes this convolution of 3 by 3 pixels, or oneDNN directly. */
  static boolean lacksWinograd(int inputs, int outputs) {
    String forced = System.getProperty(WINOGRAD);
    if (forced != null) {
      return Boolean.parseBoolean(forced);
    }
    int isa = dnnl_get_effective_cpu_isa();
    return has(isa, dnnl_cpu_isa_avx2)
        && !has(isa, dnnl_cpu_isa_avx512_core)
        && Math.min(inputs, outputs) >= FEWEST_CHANNELS;
  }

  private static boolean has(int isa, int wanted) {
    return (isa & wanted) == wanted;
  }
}
