package journey.memory;

import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * With how many threads the native libraries compute.
 *
 * <p>By themselves they ask the host: OpenMP knows what {@code taskset} leaves to a process but not
 * a container's quota, and ND4J gives the thread that loads it as many threads as the host has
 * cores. The JVM knows all of that.
 */
public final class Threads {

  private static final NativeOps NATIVE = natives();

  /** Of one chip, as ND4J has it: between chips memory is slow. 0 if the system does not tell. */
  private static final int CORES = Loader.totalCores() / Math.max(1, Loader.totalChips());

  /** Whether a thread has been told to compute alone. */
  private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

  private Threads() {}

  private static NativeOps natives() {
    Nd4j.getExecutioner();
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /**
   * One within {@link #alone}; else as many as {@code OMP_NUM_THREADS} says; if it says nothing,
   * one for each of the processor's cores, as far as this process may use them: {@code taskset}, a
   * container's quota and {@code -XX:ActiveProcessorCount} are followed.
   */
  public static int available() {
    return ALONE.get()
        ? 1
        : available(
            System.getenv("OMP_NUM_THREADS"), CORES, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Does work with what this thread calls computing on this thread alone: for tasks that run side
   * by side, of which each has a core.
   */
  public static <T> T alone(Callable<T> work) throws Exception {
    boolean before = ALONE.get();
    ALONE.set(true);
    use(1);
    try {
      return work.call();
    } finally {
      ALONE.set(before);
      use(available());
    }
  }

  /**
   * The rule.
   *
   * @param wanted may be null
   * @param cores of one chip; 0 if the system does not tell
   * @param processors that this process may use
   */
  static int available(String wanted, int cores, int processors) {
    // OpenMP allows a list, a number for each level of nesting.
    String first = wanted == null ? "" : wanted.split(",", 2)[0].strip();
    if (first.matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(first);
    }
    return cores > 0 ? Math.min(cores, processors) : processors;
  }

  /**
   * Lets ND4J and OpenBLAS, whoever calls them, and oneDNN, if this thread calls it, compute with
   * the threads available.
   */
  public static void limitLibraries() {
    int count = available();
    Nd4j.getEnvironment().setMaxThreads(count);
    Nd4j.getEnvironment().setMaxMasterThreads(count);
    openblas_nolapack.blas_set_num_threads(count);
    use(count);
  }

  /** How many threads OpenMP, and with it oneDNN, uses when this thread calls it. */
  public static int used() {
    return NATIVE.ompGetMaxThreads();
  }

  /** Lets OpenMP, and with it oneDNN, compute with so many threads when this thread calls it. */
  public static void use(int count) {
    NATIVE.setOmpNumThreads(count);
  }
}
