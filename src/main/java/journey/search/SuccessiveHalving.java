package journey.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Gives many parameters a short training, and only the best of them a longer one. In the first
 * round, {@code configurations} are drawn at random; of each round's, the best in {@code factor}
 * get {@code factor} times the training in the next; in the last, whole trainings. So each round
 * costs about the same.
 *
 * <pre>{@code
 * new SuccessiveHalving(space, 27, 3, 3, seed)
 * // round 1: 27 trials of 1/9 of a training, round 2: 9 of 1/3, round 3: 3 whole ones
 * }</pre>
 *
 * <p>Where so many diverge that too few are left, diverged ones go on as well; where all do, the
 * search ends. What a short training tells about a long one must be seen: a schedule of learning
 * rates should end with the training, whatever its length.
 *
 * @see <a href="https://proceedings.mlr.press/v51/jamieson16.html">K. Jamieson, A. Talwalkar,
 *     Non-stochastic Best Arm Identification and Hyperparameter Optimization, AISTATS (2016)</a>
 */
public final class SuccessiveHalving extends NumberedSearcher {

  private final int configurations;
  private final int factor;
  private final int rounds;

  /**
   * A search.
   *
   * @param configurations how many parameters are drawn
   * @param factor one in how many goes on
   * @param rounds how many rounds there are; the last one trains wholly
   * @throws IllegalArgumentException if the factor is below 2, or no configuration is left for the
   *     last round
   */
  public SuccessiveHalving(Space space, int configurations, int factor, int rounds, long seed) {
    super(space, trials(configurations, factor, rounds), seed);
    this.configurations = configurations;
    this.factor = factor;
    this.rounds = rounds;
  }

  private static int trials(int configurations, int factor, int rounds) {
    if (factor < 2 || rounds < 1 || survivors(configurations, factor, rounds - 1) < 1) {
      throw new IllegalArgumentException(
          "expected a factor of at least 2, a round, and enough configurations for one to be left in the last round, but there are %d configurations, a factor of %d and %d rounds"
              .formatted(configurations, factor, rounds));
    }
    return before(rounds, configurations, factor);
  }

  /** The number of trials before this round, counted from 0. */
  private static int before(int round, int configurations, int factor) {
    return IntStream.range(0, round).map(r -> survivors(configurations, factor, r)).sum();
  }

  private static int survivors(int configurations, int factor, int round) {
    return (int) (configurations / Math.pow(factor, round));
  }

  private int before(int round) {
    return before(round, configurations, factor);
  }

  /** The round of a trial, counted from 0. */
  private int round(int number) {
    return IntStream.range(0, rounds)
        .filter(r -> number <= before(r + 1))
        .findFirst()
        .orElseThrow();
  }

  @Override
  double resource(int number) {
    return Math.pow(factor, round(number) + 1 - rounds);
  }

  @Override
  Optional<Parameters> propose(int number, SplittableRandom random) {
    int round = round(number);
    if (round == 0) {
      return Optional.of(space().draw(random));
    }
    int first = before(round - 1) + 1;
    int end = before(round) + 1;
    List<Trial> previous = List.copyOf(told().subMap(first, end).values());
    if (previous.size() < end - first || previous.stream().noneMatch(Trial::isDone)) {
      return Optional.empty();
    }
    return previous.stream()
        .sorted(Comparator.comparingDouble(SuccessiveHalving::lossOrInfinity))
        .skip(number - end)
        .findFirst()
        .map(Trial::parameters);
  }

  private static double lossOrInfinity(Trial trial) {
    return trial.isDone() ? -trial.value() : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return "%s of %d configurations in %d rounds, of which one in %d goes on"
        .formatted(super.toString(), configurations, rounds, factor);
  }
}
