package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CudaProbeTest {

  /** A library that needs a driver which is not there, as JavaCPP meets it. */
  static final class NoDriver {
    static {
      fail();
    }

    private static void fail() {
      var first =
          new UnsatisfiedLinkError(
              "/home/reader/.javacpp/cache/libjnicudart.so: libcuda.so.1: cannot open shared object");
      var wrapped = new UnsatisfiedLinkError("no jnicudart in java.library.path");
      wrapped.initCause(first);
      throw wrapped;
    }
  }

  /** A library that loads. */
  static final class Loads {}

  @Test
  void namesTheFirstFailureWithoutPaths() {
    assertEquals(
        Optional.of("libcuda.so.1: cannot open shared object"),
        CudaProbe.obstacle(NoDriver.class.getName()));
    assertEquals(Optional.empty(), CudaProbe.noCard(NoDriver.class.getName()));
  }

  @Test
  void saysNothingWhereThereAreNoLibraries() {
    assertEquals(Optional.empty(), CudaProbe.obstacle("there.is.no.such.Library"));
    assertEquals(Optional.empty(), CudaProbe.noCard("there.is.no.such.Library"));
  }

  @Test
  void hasAReasonForTheCpuWhereTheLibrariesLoad() {
    assertEquals(Optional.empty(), CudaProbe.obstacle(Loads.class.getName()));
    assertTrue(CudaProbe.noCard(Loads.class.getName()).orElseThrow().contains("no card"));
  }
}
