package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class EngineTest {

  @Test
  void describesWhatRunsInOneLine() {
    Engine engine = Engine.start();
    String line = engine.toString();
    assertFalse(line.contains("\n"), line);
    assertTrue(engine.threads() >= 1, line);
    assertTrue(engine.memoryBytes() > 100_000_000L, line);
    assertFalse(engine.device().isBlank(), line);
    for (String part :
        new String[] {
          engine.backend().toString(), engine.device(), "helpers", "acceleration", "thread"
        }) {
      assertTrue(line.contains(part), part + " is not in: " + line);
    }
  }

  @Test
  void itsThreadsAreThoseThatTheLibrariesHave() {
    assertEquals(Engine.start().threads(), Nd4j.getEnvironment().maxMasterThreads());
  }

  @Test
  void saysWhyCudaIsNotUsed() {
    Engine engine =
        new Engine(
            Engine.Backend.CPU,
            "a processor",
            1_000_000_000L,
            new Helpers(true, ""),
            new Acceleration(true, "oneDNN 2.5.2"),
            2,
            "libcuda.so.1: cannot open shared object file");
    assertTrue(engine.toString().endsWith("CUDA not used: " + engine.fallback()));
  }

  @Test
  void saysWhetherConvolutionalNetworksAreAccelerated() {
    assertEquals("oneDNN 2.5.2 acceleration on", new Acceleration(true, "oneDNN 2.5.2").toString());
    assertEquals(
        "oneDNN acceleration off (switched off; -Djourney.acceleration=off is set)",
        SystemProperty.with(Acceleration.PROPERTY, "off", () -> Acceleration.detect().toString()));
  }

  @Test
  void keepsPathsOfTheMachineOutOfTheReason() {
    assertEquals(
        "libcuda.so.1: cannot open shared object file: No such file or directory",
        CudaProbe.withoutPaths(
            "/a/cache/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such file"
                + " or directory"));
  }

  @Test
  void readsTheProcessorsName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel name\t: Fast One @ 3 GHz\nflags\t: avx2\n");
    assertEquals(Optional.of("Fast One @ 3 GHz"), ProcessorName.fromCpuInfo(file));
    assertEquals(Optional.empty(), ProcessorName.fromCpuInfo(folder.resolve("none")));
  }
}
