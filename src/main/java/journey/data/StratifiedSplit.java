package journey.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pictures divided into a training and a validation part, with the same share of each class in
 * both. Every picture is in exactly one of them; each part keeps the pictures' order.
 *
 * @param train the pictures to learn from
 * @param validation the pictures to choose hyper-parameters with
 */
public record StratifiedSplit(LabeledImages train, LabeledImages validation) {

  /**
   * Draws the validation part at random within each class. Shares that are not whole numbers are
   * rounded by the largest-remainder method (ties go to the lower class number), so the parts have
   * exactly the sizes asked for.
   *
   * @param validationSize the number of pictures for validation; the others are for training
   * @param seed the same seed gives the same split
   * @throws IllegalArgumentException if either part would be empty
   */
  public static StratifiedSplit of(LabeledImages images, int validationSize, long seed) {
    if (validationSize < 1 || validationSize >= images.size()) {
      throw new IllegalArgumentException(
          "a validation part of %d out of %d pictures was asked for; neither part may be empty"
              .formatted(validationSize, images.size()));
    }
    int[] open = shares(images.countPerClass(), validationSize);
    boolean[] chosen = new boolean[images.size()];
    for (int position : SeededRandom.permutation(images.size(), seed, 0)) {
      chosen[position] = open[images.label(position)]-- > 0;
    }
    return new StratifiedSplit(
        images.subset(positions(chosen, false)), images.subset(positions(chosen, true)));
  }

  /** How many of the {@code wanted} fall to each class. */
  private static int[] shares(int[] counts, int wanted) {
    long total = IntStream.of(counts).sum();
    int[] shares = IntStream.of(counts).map(n -> (int) ((long) n * wanted / total)).toArray();
    int missing = wanted - IntStream.of(shares).sum();
    IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparing(c -> -((long) counts[c] * wanted % total)))
        .limit(missing)
        .forEach(c -> shares[c]++);
    return shares;
  }

  private static int[] positions(boolean[] chosen, boolean wanted) {
    return IntStream.range(0, chosen.length).filter(i -> chosen[i] == wanted).toArray();
  }
}
