package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;

class SizesTest {

  @Test
  void whatFitsIsAllowed() {
    assertDoesNotThrow(() -> Sizes.require("a batch", 2, DataType.DOUBLE, 1, 1_000));
    assertArrayEquals(new long[] {3, 4}, new BatchBuffer(DataType.FLOAT, 4).rows(3).shape());
  }

  @Test
  void whatCannotBeIsRefused() {
    for (long size : new long[] {0, -1, Long.MIN_VALUE}) {
      refuses(() -> Sizes.require("a batch", 1, DataType.FLOAT, 3, size), "a batch", "" + size);
      refuses(() -> new BatchBuffer(DataType.FLOAT, 4).rows(size), "a batch", "" + size);
    }
    refuses(() -> new BatchBuffer(DataType.FLOAT, 0).rows(2), "[2, 0]");
    BatchBuffer buffer = new BatchBuffer(DataType.FLOAT, 4);
    buffer.rows(2);
    refuses(() -> buffer.rows(0), "[0, 4]");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    refuses(
        () -> Sizes.require("a batch", 1_000_000, DataType.FLOAT, 46_000, 46_000),
        "a batch of FLOAT [46000, 46000] needs",
        "choose smaller sizes");
    for (long[] shape : new long[][] {{1 << 16, 1 << 16}, {1L << 31, 1L << 31, 1L << 31}}) {
      refuses(() -> Sizes.require("a batch", 1, DataType.FLOAT, shape), "2,147,483,647 elements");
    }
    refuses(() -> new BatchBuffer(DataType.FLOAT, 1 << 16).rows(1 << 16), "65536");
  }

  private static void refuses(Executable use, String... parts) {
    var error = assertThrows(IllegalArgumentException.class, use);
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error::getMessage);
    }
  }
}
