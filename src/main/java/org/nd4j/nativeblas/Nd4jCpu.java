package org.nd4j.nativeblas;

import org.bytedeco.javacpp.Loader;

/**
 * Lets Deeplearning4j's oneDNN layer helpers load.
 *
 * <p>Deeplearning4j 1.0.0-M2.1 asks the class {@code org.nd4j.nativeblas.Nd4jCpu$Environment}, by
 * reflection, whether oneDNN may be used. ND4J moved that class to another package in the same
 * release, so the answer is never found and the helpers stay off without a word. This class stands
 * where the old one stood and passes the question on.
 */
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** What Deeplearning4j asks for its helpers. */
  public static final class Environment {

    private Environment() {}

    /** Called by Deeplearning4j through reflection. */
    public static Environment getInstance() {
      return new Environment();
    }

    /** Whether the natives in use were built with oneDNN, and oneDNN is not switched off. */
    public boolean isUseMKLDNN() {
      return builtWithOneDnn()
          && org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }

    /** The plain natives answer "yes" to isUseONEDNN() too; only the library's file name tells. */
    private static boolean builtWithOneDnn() {
      String library = Loader.load(org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.class);
      return library != null && library.contains("onednn");
    }
  }
}
