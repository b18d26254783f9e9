package journey.engine.onednn;

/**
 * A stretch of memory: somebody else's, at a given address, or a part of the program's arena,
 * needed only from the first instruction that uses it to the last.
 */
final class Block {

  private final boolean external;
  private long bytes;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private long address;

  private Block(boolean external, long bytes, long address) {
    this.external = external;
    this.bytes = bytes;
    this.address = address;
  }

  static Block inArena(long bytes) {
    return new Block(false, bytes, 0);
  }

  static Block at(long address) {
    return new Block(true, 0, address);
  }

  void usedBy(int instruction) {
    first = Math.min(first, instruction);
    last = Math.max(last, instruction);
  }

  /** Keeps it until the end of the program, to be read after that. */
  void usedAfterwards() {
    last = Integer.MAX_VALUE;
  }

  void needs(long more) {
    bytes = Math.max(bytes, more);
  }

  boolean external() {
    return external;
  }

  boolean used() {
    return last >= 0;
  }

  boolean overlaps(Block other) {
    return first <= other.last && other.first <= last;
  }

  long bytes() {
    return bytes;
  }

  int first() {
    return first;
  }

  long address() {
    return address;
  }

  void moveTo(long newAddress) {
    address = newAddress;
  }
}
