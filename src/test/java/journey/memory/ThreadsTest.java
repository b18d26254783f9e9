package journey.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ThreadsTest {

  @Test
  void areAsManyAsCoresAndNoMoreThanTheProcessMayUse() {
    assertEquals(4, Threads.available(null, 4, 8), "two processors to a core");
    assertEquals(1, Threads.available(null, 4, 1), "held to one");
    assertEquals(3, Threads.available(null, 4, 3));
    assertEquals(6, Threads.available(null, 0, 6), "where the cores are not known");
  }

  @Test
  void followTheVariableOfOpenMp() {
    assertEquals(7, Threads.available("7", 4, 8));
    assertEquals(2, Threads.available(" 2 ,1", 4, 8));
    assertEquals(4, Threads.available("", 4, 8));
    assertEquals(4, Threads.available("all", 4, 8));
    assertEquals(4, Threads.available("0", 4, 8));
  }

  @Test
  void allLibrariesHaveThem() {
    Threads.limitLibraries();
    assertEquals(Threads.available(), Nd4j.getEnvironment().maxMasterThreads());
    assertEquals(Threads.available(), openblas_nolapack.blas_get_num_threads());
    assertEquals(Threads.available(), Threads.used());
  }

  @Test
  void openMpsAreAThreadsOwn() throws InterruptedException {
    int before = Threads.used();
    var thread = new Thread(() -> Threads.use(before + 1));
    thread.start();
    thread.join();
    assertEquals(before, Threads.used());
    Threads.use(before + 1);
    try {
      assertEquals(before + 1, Threads.used());
    } finally {
      Threads.use(before);
    }
    assertTrue(Threads.used() >= 1);
  }

  @Test
  void workDoneAloneHasOneThreadAndGivesTheOthersBack() throws Exception {
    int before = Threads.available();
    int answer =
        Threads.alone(
            () -> {
              assertEquals(1, Threads.available());
              assertEquals(1, Threads.used());
              assertEquals(7, Threads.alone(() -> 7));
              return Threads.available();
            });
    assertEquals(1, answer);
    assertEquals(before, Threads.available());
    assertEquals(before, Threads.used());
    assertThrows(IOException.class, () -> Threads.alone(ThreadsTest::failing));
    assertEquals(before, Threads.available());
  }

  private static int failing() throws IOException {
    throw new IOException("no such file");
  }
}
