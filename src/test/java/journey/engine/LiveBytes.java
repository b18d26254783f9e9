package journey.engine;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/** The bytes of all arrays that ND4J's native side holds, and not those of the whole process. */
public final class LiveBytes {

  private LiveBytes() {}

  /** Whether the backend counts them; if not, the other methods must not be called. */
  public static boolean areCounted() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  /** With what nobody needs any more, but the garbage collector has not yet found. */
  public static long now() {
    return Nd4jCpu.Environment.getInstance().getDeviceCounter(0);
  }

  /** After ND4J's own thread has released what nobody needs any more. */
  public static long settled() {
    long live = now();
    for (int unchanged = 0; unchanged < 10; ) {
      System.gc();
      pause();
      long now = now();
      unchanged = now == live ? unchanged + 1 : 0;
      live = now;
    }
    return live;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the test was interrupted", e);
    }
  }
}
