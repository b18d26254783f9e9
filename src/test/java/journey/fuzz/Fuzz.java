package journey.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import journey.cnn.CnnTargets;
import journey.engine.EngineTargets;
import journey.nn.NnTargets;
import org.deeplearning4j.exception.DL4JException;
import org.nd4j.linalg.exception.ND4JException;

/**
 * Calls the public API with random arguments. It is a process of its own, whose end is part of what
 * is looked at.
 */
public final class Fuzz {

  /** The line that comes last, if there was nothing wrong. */
  static final String DONE = "nothing wrong";

  /** How often all quick targets are called before one that takes long. */
  private static final int QUICK_ROUNDS = 2;

  private Fuzz() {}

  /** The arguments are the seed, how many calls, and a part of the targets' names, if not all. */
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[0]);
    int calls = Integer.parseInt(arguments[1]);
    Map<String, Target> quick = new LinkedHashMap<>();
    NnTargets.addTo(quick);
    Map<String, Target> slow = new LinkedHashMap<>();
    EngineTargets.addTo(slow);
    CnnTargets.addTo(slow);
    List<String> turns = turns(quick.keySet(), slow.keySet());
    turns.removeIf(name -> arguments.length > 2 && !name.contains(arguments[2]));
    quick.putAll(slow);
    int wrong = 0;
    for (int call = 0; call < calls; call++) {
      String name = turns.get(call % turns.size());
      // Said before, so that a process that has ended tells in which call.
      System.out.println("call " + call + ": " + name);
      if (isWrong(quick.get(name), new RandomArrays(seed * 1_000_003 + call))) {
        wrong++;
      }
    }
    System.out.println(wrong == 0 ? DONE : wrong + " wrong");
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static List<String> turns(Iterable<String> quick, Iterable<String> slow) {
    List<String> turns = new ArrayList<>();
    for (String name : slow) {
      turns.add(name);
      for (int round = 0; round < QUICK_ROUNDS; round++) {
        quick.forEach(turns::add);
      }
    }
    return turns;
  }

  private static boolean isWrong(Target target, RandomArrays arrays) {
    try {
      target.call(arrays);
      return false;
    } catch (Throwable e) {
      if (arrays.odd() && isRefusal(e)) {
        return false;
      }
      System.out.print("WRONG: ");
      e.printStackTrace(System.out);
      return true;
    }
  }

  /**
   * Whether it says what was wrong with an argument; a bare index or a division by zero doesn't.
   */
  private static boolean isRefusal(Throwable e) {
    boolean kind =
        e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof NullPointerException
            || e instanceof IOException
            || e instanceof ND4JException
            || e instanceof DL4JException
            || e.getClass().getName().startsWith("journey.")
            || e.getClass() == IndexOutOfBoundsException.class
            || isOfNd4j(e);
    return kind && e.getMessage() != null;
  }

  /** Where arrays go to ND4J as they are, as in a cell with a formula, it is ND4J that refuses. */
  private static boolean isOfNd4j(Throwable e) {
    return e.getClass() == RuntimeException.class
        && e.getStackTrace()[0].getClassName().startsWith("org.nd4j.");
  }
}
