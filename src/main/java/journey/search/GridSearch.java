package journey.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Tries every combination of a few evenly spread values of each number and all options of each
 * choice, in random order, so that a search that is stopped early has seen all regions. The number
 * of trials is the product of the numbers of values.
 */
public final class GridSearch extends NumberedSearcher {

  private static final int MOST_TRIALS = 100_000;

  private final List<Integer> points;
  private final List<Parameters> grid;

  /**
   * A search.
   *
   * @param points how many values of each number to try, its ends among them
   * @throws IllegalArgumentException if the number of points is not positive, or the grid has more
   *     than {@value #MOST_TRIALS} trials
   */
  public GridSearch(Space space, int points, long seed) {
    this(space, Collections.nCopies(space.size(), points), seed);
  }

  /**
   * A search that tries more values of one number than of another.
   *
   * @param points how many values of each dimension to try; of a choice all options are tried
   * @throws IllegalArgumentException if there are not as many numbers of points as dimensions, one
   *     is not positive, or the grid has more than {@value #MOST_TRIALS} trials
   */
  public GridSearch(Space space, List<Integer> points, long seed) {
    this(space, List.copyOf(points), seed, space.grid(points, MOST_TRIALS));
  }

  private GridSearch(Space space, List<Integer> points, long seed, List<Parameters> grid) {
    super(space, grid.size(), seed);
    this.points = points;
    this.grid = new ArrayList<>(grid);
    Collections.shuffle(this.grid, new Random(seed));
  }

  @Override
  Optional<Parameters> propose(int number, SplittableRandom random) {
    return Optional.of(grid.get(number - 1));
  }

  @Override
  public String toString() {
    return "%s of %s points".formatted(super.toString(), points);
  }
}
