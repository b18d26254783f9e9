package journey.fuzz;

/** A part of the public API. */
public interface Target {

  /**
   * Calls something of it.
   *
   * @throws AssertionError if an answer is wrong
   */
  void call(RandomArrays arrays) throws Exception;
}
