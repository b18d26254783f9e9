package journey.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import journey.memory.Threads;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the networks run on.
 *
 * @param backend the ND4J backend in use
 * @param device the processor's or the graphics card's name
 * @param memoryBytes the device's memory
 * @param helpers whether Deeplearning4j's layers run through oneDNN, and if not, why
 * @param acceleration whether CNNs can run through oneDNN directly, and if not, why
 * @param threads how many threads a computation may use
 * @param fallback why CUDA is not used although its libraries are there; else null
 */
public record Engine(
    Backend backend,
    String device,
    long memoryBytes,
    Helpers helpers,
    Acceleration acceleration,
    int threads,
    String fallback) {

  /** The two backends there are. */
  public enum Backend {
    /** ND4J's native backend. */
    CPU,
    /** ND4J on an NVIDIA graphics card. */
    CUDA
  }

  /**
   * Loads ND4J, on CUDA where that can load and on the CPU otherwise, and says what runs.
   *
   * @throws IllegalStateException if no backend can load; the message says what to do
   */
  public static Engine start() {
    var obstacle = CudaProbe.obstacle();
    Properties environment = load(obstacle.isPresent());
    boolean cuda = "CUDA".equalsIgnoreCase(environment.getProperty(Nd4jEnvironment.BACKEND_KEY));
    return cuda ? onCuda(environment) : onCpu(obstacle.or(CudaProbe::noCard).orElse(null));
  }

  private static Properties load(boolean quietly) {
    PrintStream err = System.err;
    if (quietly) {
      // ND4J prints a stack trace when CUDA cannot load; this engine's line says it in words.
      System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    }
    try {
      return Nd4j.getExecutioner().getEnvironmentInformation();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "ND4J could not load its native library: "
              + CudaProbe.root(e).getMessage()
              + ". Run environment/setup, which fetches the natives for this machine,"
              + " and start the kernel again.",
          e);
    } finally {
      System.setErr(err);
    }
  }

  private static Engine onCpu(String fallback) {
    Threads.limitLibraries();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Engine(
        Backend.CPU,
        ProcessorName.read(),
        system.getTotalMemorySize(),
        Helpers.detect(),
        Acceleration.detect(),
        Threads.available(),
        fallback);
  }

  private static Engine onCuda(Properties environment) {
    var devices = (List<?>) environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY);
    var first = (Map<?, ?>) devices.get(0);
    return new Engine(
        Backend.CUDA,
        String.valueOf(first.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
        ((Number) first.get(Nd4jEnvironment.CUDA_TOTAL_MEMORY_KEY)).longValue(),
        Helpers.detect(),
        Acceleration.detect(),
        Threads.available(),
        null);
  }

  /** One line for a notebook: backend, device, helpers, acceleration, threads. */
  @Override
  public String toString() {
    String line =
        String.format(
            Locale.ROOT,
            "%s · %s, %.0f GB · %s · %s · %d %s",
            backend,
            device,
            memoryBytes / 1e9,
            helpers,
            acceleration,
            threads,
            threads == 1 ? "thread" : "threads");
    return fallback == null ? line : line + " · CUDA not used: " + fallback;
  }
}
