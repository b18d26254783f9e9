package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** On a simulated clock: what a step takes is said by the test. */
class ThreadChoiceTest {

  private static final double IDLE_ON_TWO = 0.32;
  private static final double IDLE_ON_ONE = 0.52;
  private static final double BUSY_ON_ONE = 0.57;

  private final Random random = new Random(1);
  private ThreadChoice choice = new ThreadChoice(2, false);
  private int moves;

  /** What the images of many steps took, in all. */
  private double run(int steps, IntToDoubleFunction seconds) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      int threads = choice.threads();
      double each = seconds.applyAsDouble(threads);
      sum += each;
      choice.took(each);
      moves += choice.threads() == threads ? 0 : 1;
    }
    return sum;
  }

  private double idle(int threads) {
    double noise = 1 + 0.08 * random.nextDouble();
    return noise * (threads == 1 ? IDLE_ON_ONE : IDLE_ON_TWO * 2 / threads);
  }

  /** On two threads now and then as fast as on an idle machine, mostly far slower. */
  private double busy(int threads) {
    double noise = 1 + 0.1 * random.nextDouble();
    return threads == 1 ? noise * BUSY_ON_ONE : noise * (0.4 + random.nextDouble());
  }

  @Test
  void beginsWithAllThreads() {
    assertEquals(6, new ThreadChoice(6, false).threads());
  }

  @Test
  void neverMovesOnAnIdleMachine() {
    choice.took(5);
    run(20_000, this::idle);
    assertEquals(0, moves);
  }

  @Test
  void aStepThatTakesLongNowAndThenIsNoReason() {
    var step = new AtomicInteger();
    run(2_000, threads -> (step.incrementAndGet() % 4 == 0 ? 4 : 1) * IDLE_ON_TWO);
    assertEquals(0, moves);
  }

  @Test
  void hasNothingToChooseWithOneThread() {
    choice = new ThreadChoice(1, false);
    run(100, threads -> IDLE_ON_ONE * (1 + random.nextInt(5)));
    assertEquals(0, moves);
  }

  @Test
  void staysWithAllThreadsIfTheyAreFixed() {
    choice = SystemProperty.with(ThreadChoice.PROPERTY, "fixed", () -> ThreadChoice.among(2));
    run(200, this::busy);
    assertEquals(0, moves);
    assertEquals(2, choice.threads());
  }

  @Test
  void refusesASettingThatItDoesNotKnow() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> SystemProperty.with(ThreadChoice.PROPERTY, "two", () -> ThreadChoice.among(2)));
    assertTrue(error.getMessage().contains("\"two\"; it must be \"fixed\""), error::getMessage);
  }

  @Test
  void movesToOneThreadBesideABusyProcess() {
    run(50, this::idle);
    run(30, this::busy);
    assertEquals(1, choice.threads());
  }

  @Test
  void movesAlsoIfTheProcessWasThereFromTheStart() {
    run(30, this::busy);
    assertEquals(1, choice.threads());
  }

  @Test
  void trialsBesideABusyProcessCostLittle() {
    run(50, this::busy);
    double seconds = run(5_000, this::busy);
    double withoutTrials = 5_000 * BUSY_ON_ONE * 1.05;
    assertTrue(seconds < 1.03 * withoutTrials, () -> seconds + " against " + withoutTrials);
  }

  @Test
  void returnsSoonAfterTheProcessHasGone() {
    run(50, this::idle);
    run(500, this::busy);
    double seconds = 0;
    while (choice.threads() == 1) {
      seconds += run(1, this::idle);
    }
    double taken = seconds;
    assertTrue(taken < 60, () -> "after " + taken + " s");
    moves = 0;
    run(1_000, this::idle);
    assertEquals(0, moves, "and stays there, but for the rest of its trial");
  }

  @Test
  void staysWithAllThreadsWhereOneIsNoFaster() {
    run(50, this::idle);
    double seconds = run(2_000, threads -> threads == 1 ? 0.72 : 0.6 + 0.2 * random.nextDouble());
    assertEquals(2, choice.threads());
    assertTrue(seconds < 1.02 * 2_000 * 0.7, () -> "took " + seconds);
  }

  /** A processor that has become hot is slower for good. */
  @Test
  void getsUsedToASlowerMachine() {
    run(50, this::idle);
    run(200, threads -> 1.5 * idle(threads));
    moves = 0;
    run(2_000, threads -> 1.5 * idle(threads));
    assertEquals(0, moves);
  }

  @Test
  void findsTheBestOfManyNumbers() {
    choice = new ThreadChoice(8, false);
    run(50, threads -> idle(threads));
    run(300, threads -> threads == 8 ? 0.5 * busy(2) : threads == 4 ? 0.16 : 0.3 * 2 / threads);
    assertEquals(4, choice.threads());
  }
}
