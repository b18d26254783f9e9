package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {

  @Test
  void putsNothingWhereSomethingElseIsStillNeeded() {
    var random = new Random(1);
    for (int round = 0; round < 50; round++) {
      var blocks = new ArrayList<Block>();
      for (int i = 0; i < 40; i++) {
        int first = random.nextInt(100);
        blocks.add(block(1 + random.nextInt(20_000), first, first + random.nextInt(30)));
      }
      var arena = new Arena(blocks);
      arena.moveTo(4096);
      for (Block a : blocks) {
        assertEquals(0, a.address() % 64);
        assertTrue(a.address() + a.bytes() <= 4096 + arena.bytes());
        for (Block b : blocks) {
          assertFalse(a != b && a.overlaps(b) && meet(a, b), () -> a.first() + " " + b.first());
        }
      }
    }
  }

  @Test
  void usesMemoryAgain() {
    var arena = new Arena(List.of(block(1000, 0, 1), block(900, 2, 3), block(800, 4, 9)));
    assertEquals(1000, arena.bytes());
  }

  private static boolean meet(Block a, Block b) {
    return a.address() < b.address() + b.bytes() && b.address() < a.address() + a.bytes();
  }

  private static Block block(long bytes, int first, int last) {
    Block block = Block.inArena(bytes);
    block.usedBy(first);
    block.usedBy(last);
    return block;
  }
}
