package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

/** The oneDNN library that is loaded. */
public final class OneDnn {

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

  /**
   * Whether the convolutions that oneDNN could only compute directly are better put together by
   * {@link Winograd}. The system property {@code journey.winograd} decides if it is set, to {@code
   * true} or {@code false}; else the processor's instructions do.
   */
  static boolean lacksWinograd() {
    String wanted = System.getProperty("journey.winograd");
    int isa = dnnl_get_effective_cpu_isa();
    return wanted != null
        ? Boolean.parseBoolean(wanted)
        : has(isa, dnnl_cpu_isa_avx2) && !has(isa, dnnl_cpu_isa_avx512_core);
  }

  private static boolean has(int isa, int wanted) {
    return (isa & wanted) == wanted;
  }
}
