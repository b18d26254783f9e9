package journey.engine.onednn;

/**
 * A stretch of memory: somebody else's, at a given address, or the program's own. Of that, what
 * only the preparation uses, or only a run, lies in the workspace from the first instruction that
 * uses it to the last; what a preparation leaves for the runs lasts.
 */
final class Block {

  private final boolean external;
  private long bytes;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private long address;
  private boolean prepared;
  private boolean usedInRun;
  private boolean usedInPreparation;

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

  /** Says that what lies in it follows from the parameters alone. */
  Block becomesPrepared() {
    prepared = true;
    return this;
  }

  /** Whether what lies in it follows from the parameters alone. */
  boolean prepared() {
    return prepared;
  }

  void usedBy(int instruction) {
    usedInRun = true;
    extendTo(instruction);
  }

  void usedByPreparation(int instruction) {
    usedInPreparation = true;
    extendTo(instruction);
  }

  private void extendTo(int instruction) {
    first = Math.min(first, instruction);
    last = Math.max(last, instruction);
  }

  /** Keeps it until the end of the program, to be read after that. */
  void usedAfterwards() {
    usedInRun = true;
    last = Integer.MAX_VALUE;
  }

  Lifetime lifetime() {
    if (usedInRun && usedInPreparation) {
      return Lifetime.LASTING;
    }
    return usedInRun ? Lifetime.RUN : usedInPreparation ? Lifetime.PREPARATION : Lifetime.NEVER;
  }

  /** How long its elements are needed. */
  enum Lifetime {
    /** Nothing uses it. */
    NEVER,
    /** During a preparation. */
    PREPARATION,
    /** During a run. */
    RUN,
    /** From a preparation on, for all runs until the next. */
    LASTING
  }

  void needs(long more) {
    bytes = Math.max(bytes, more);
  }

  boolean external() {
    return external;
  }

  boolean overlaps(Block other) {
    return first <= other.last && other.first <= last;
  }

  /** Is needed at all times, so that it overlaps with all others. */
  void lasts() {
    first = 0;
    last = Integer.MAX_VALUE;
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
