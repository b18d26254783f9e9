package journey.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class AllocationTest {

  @Test
  void whatFitsIsAllowed() {
    assertDoesNotThrow(() -> Allocation.require(1 << 20, "a small array"));
    assertDoesNotThrow(() -> Allocation.requireHeap(1 << 20, "a small array"));
    assertDoesNotThrow(() -> Allocation.require(0, "nothing"));
  }

  @Test
  void whatNoMachineHasIsRefusedWithWhatToDo() {
    for (long bytes : new long[] {100_000_000_000_000L, Long.MAX_VALUE}) {
      assertMentions(
          assertThrows(
              IllegalArgumentException.class, () -> Allocation.require(bytes, "a large array")),
          "a large array needs",
          "free for arrays",
          "choose smaller sizes");
      assertMentions(
          assertThrows(
              IllegalArgumentException.class, () -> Allocation.requireHeap(bytes, "a large file")),
          "a large file needs",
          "heap",
          "-Xmx");
    }
  }

  @Test
  void theMessageNamesBothSizes() {
    assertMentions(
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Allocation.require(
                    26_500_000_000L, "it", "are there", "go away", () -> 12_345_678)),
        "it needs 26.5 GB, but only 12.3 MB are there: go away");
  }

  @Test
  void theGarbageCollectorHasItsChanceFirst() {
    Iterator<Long> free = List.of(5L, 10L).iterator();
    assertDoesNotThrow(() -> Allocation.require(10, "it", "", "", free::next));
    Iterator<Long> never = List.of(5L, 9L).iterator();
    assertThrows(
        IllegalArgumentException.class, () -> Allocation.require(10, "it", "", "", never::next));
  }

  @Test
  void sizesAreMultipliedWithoutOverflow() {
    assertEquals(4 * 3 * 5, Allocation.bytes(DataType.FLOAT, 3, 5));
    assertEquals(8, Allocation.bytes(DataType.DOUBLE));
    assertEquals(0, Allocation.bytes(DataType.FLOAT, 0, 5));
    assertEquals(Long.MAX_VALUE, Allocation.bytes(DataType.FLOAT, 1L << 31, 1L << 31));
    assertEquals(Long.MAX_VALUE, Allocation.bytes(DataType.FLOAT, 1L << 31, 1L << 30));
    assertEquals(Long.MAX_VALUE, Allocation.bytes(DataType.FLOAT, 1L << 40, 1L << 40, 3));
  }

  private static void assertMentions(Throwable problem, String... words) {
    for (String word : words) {
      assertTrue(problem.getMessage().contains(word), problem::getMessage);
    }
  }
}
