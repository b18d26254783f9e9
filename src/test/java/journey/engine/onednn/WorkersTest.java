package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void eachTaskIsDoneOnce() {
    var done = new AtomicIntegerArray(50);
    Workers.share(50, 4, (worker, task) -> done.incrementAndGet(task));
    var expected = new int[50];
    Arrays.fill(expected, 1);
    var found = new int[50];
    Arrays.setAll(found, done::get);
    assertArrayEquals(expected, found);
  }

  @Test
  void aFailureOfAnotherThreadIsNotLost() {
    var failed = new CountDownLatch(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            Workers.share(
                2,
                2,
                (worker, task) -> {
                  if (worker == 1) {
                    failed.countDown();
                    throw new AssertionError("on purpose");
                  }
                  await(failed);
                }));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
