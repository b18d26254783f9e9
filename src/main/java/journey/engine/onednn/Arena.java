package journey.engine.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays blocks out in one stretch of memory, so that blocks which are needed at the same time do not
 * overlap. Large blocks are placed first, each as low as it can be.
 */
final class Arena {

  private static final long ALIGNMENT = 64;
  private static final long PAGE = 4096;

  private final Map<Block, Long> offsets = new LinkedHashMap<>();
  private long bytes;

  Arena(List<Block> blocks) {
    blocks.stream()
        .sorted(Comparator.comparingLong(Block::bytes).reversed().thenComparing(Block::first))
        .forEach(this::place);
  }

  long bytes() {
    return bytes;
  }

  /** Gives each block its address in memory that starts here. */
  void moveTo(long start) {
    offsets.forEach((block, offset) -> block.moveTo(start + offset));
  }

  private void place(Block block) {
    long offset = 0;
    for (Block other : rivals(block)) {
      long start = offsets.get(other);
      if (offset + block.bytes() <= start) {
        break;
      }
      offset = Math.max(offset, aligned(start + other.bytes(), block));
    }
    offsets.put(block, offset);
    bytes = Math.max(bytes, offset + block.bytes());
  }

  private List<Block> rivals(Block block) {
    var rivals = new ArrayList<Block>();
    for (Block other : offsets.keySet()) {
      if (other.overlaps(block)) {
        rivals.add(other);
      }
    }
    rivals.sort(Comparator.comparing(offsets::get));
    return rivals;
  }

  private static long aligned(long offset, Block block) {
    long to = block.bytes() < PAGE ? ALIGNMENT : PAGE;
    return (offset + to - 1) / to * to;
  }
}
