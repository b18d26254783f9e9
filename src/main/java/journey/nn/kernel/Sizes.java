package journey.nn.kernel;

import java.util.Arrays;
import java.util.Locale;
import journey.memory.Allocation;
import org.nd4j.linalg.api.buffer.DataType;

/** Refuses sizes that are impossible, or for which there is no room, before ND4J gets them. */
public final class Sizes {

  private Sizes() {}

  /**
   * Refuses arrays that cannot be, or do not fit into the memory that is free.
   *
   * @param what they are for: "a batch"
   * @param arrays how many of this type and shape there will be
   * @throws IllegalArgumentException that says what was asked for, what there is and what to do
   */
  public static void require(String what, int arrays, DataType type, long... shape) {
    String named = "%s of %s %s".formatted(what, type, Arrays.toString(shape));
    if (Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(named + ": every size must be at least 1");
    }
    long bytes = Allocation.bytes(type, shape);
    if (bytes / type.width() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has more than %,d elements, the most that are counted here: choose smaller sizes",
              named,
              Integer.MAX_VALUE));
    }
    Allocation.require(arrays * bytes, named);
  }
}
