package journey.memory;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Whether there is room for what is about to be allocated. ND4J does not ask: an array for which
 * there is none ends the process. So who lets a caller choose sizes adds them up first.
 */
public final class Allocation {

  private static final String SMALLER = "choose smaller sizes";

  /** ND4J's own thread needs a while to free what the garbage collector has found. */
  private static final int LOOKS = 10;

  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

  private Allocation() {}

  /**
   * Refuses arrays that do not fit into the memory that is free for them.
   *
   * @param bytes of all arrays together
   * @param what needs them, as the subject of a sentence: "a dense layer of 3,072 x 10 weights"
   * @throws IllegalArgumentException if there is less; it says how much, and what to do
   */
  public static void require(long bytes, String what) {
    require(
        bytes,
        what,
        "of memory are free for arrays",
        SMALLER
            + ", close other programs and notebooks, or raise the JVM's limits if there are any"
            + " (-Dorg.bytedeco.javacpp.maxbytes and maxphysicalbytes)",
        Allocation::freeForArrays);
  }

  /**
   * Refuses what does not fit into the JVM's heap.
   *
   * @param what needs the bytes, as the subject of a sentence
   * @throws IllegalArgumentException if there are fewer; it says how many, and what to do
   */
  public static void requireHeap(long bytes, String what) {
    require(
        bytes,
        what,
        "of the JVM's heap are free",
        SMALLER + ", or raise the JVM's limit (-Xmx)",
        Allocation::freeHeap);
  }

  static void require(long bytes, String what, String there, String toDo, LongSupplier free) {
    if (bytes <= free.getAsLong()) {
      return;
    }
    System.gc();
    long left = free.getAsLong();
    for (int look = 0; bytes > left && look < LOOKS; look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      left = free.getAsLong();
    }
    if (bytes > left) {
      throw new IllegalArgumentException(
          "%s needs %s, but only %s %s: %s"
              .formatted(what, inWords(bytes), inWords(Math.max(0, left)), there, toDo));
    }
  }

  /** The size of an array; {@link Long#MAX_VALUE} if it has even more bytes. */
  public static long bytes(DataType type, long... shape) {
    long bytes = type.width();
    for (long size : shape) {
      boolean fits = Math.multiplyHigh(bytes, size) == 0 && bytes * size >= 0;
      bytes = fits ? bytes * size : Long.MAX_VALUE;
    }
    return bytes;
  }

  /** Decimal units, as the sizes of disks and files have them. */
  private static String inWords(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }

  private static long freeHeap() {
    Runtime jvm = Runtime.getRuntime();
    return jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
  }

  private static long freeForArrays() {
    if (!MainMemory.onCpu()) {
      long free = NativeOpsHolder.getInstance().getDeviceNativeOps().getDeviceFreeMemoryDefault();
      return free > 0 ? free : Long.MAX_VALUE;
    }
    long arrays = Nd4jCpu.Environment.getInstance().getDeviceCounter(0);
    long process = Pointer.physicalBytes();
    // Of what was freed, malloc keeps much for the next array.
    long kept = Math.max(0, process - arrays - Runtime.getRuntime().totalMemory());
    long more =
        Math.min(
            Pointer.availablePhysicalBytes(),
            Math.min(machine(), limit(Pointer.maxPhysicalBytes())) - process);
    return Math.min(limit(Pointer.maxBytes()) - arrays, kept + more);
  }

  /** What the machine has, or the container may use. */
  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /** JavaCPP has 0 where there is no limit. */
  private static long limit(long bytes) {
    return bytes > 0 ? bytes : Long.MAX_VALUE;
  }
}
