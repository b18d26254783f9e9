package journey.engine;

import java.util.Optional;

/** Finds out why CUDA cannot be used, before ND4J tries. */
final class CudaProbe {

  private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";

  private CudaProbe() {}

  /**
   * Why the CUDA libraries on the class path cannot load; empty if they can, or if there are none.
   */
  static Optional<String> obstacle() {
    return obstacle(RUNTIME);
  }

  static Optional<String> obstacle(String library) {
    try {
      Class.forName(library);
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(withoutPaths(String.valueOf(root(e).getMessage())));
    }
  }

  /** Why ND4J chose the CPU if the CUDA libraries do load; empty if they do not. */
  static Optional<String> noCard() {
    return noCard(RUNTIME);
  }

  static Optional<String> noCard(String library) {
    try {
      Class.forName(library);
      return Optional.of("its libraries load, but the driver is too old or there is no card");
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** The first failure tells most; JavaCPP wraps it into those of its further attempts. */
  static Throwable root(Throwable error) {
    return error.getCause() == null ? error : root(error.getCause());
  }

  /** The loader's message starts with the full path of the library that needs the driver. */
  static String withoutPaths(String message) {
    return message.replaceAll("\\S*[/\\\\]\\S*:\\s*", "");
  }
}
