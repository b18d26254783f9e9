package journey.data;

import java.util.concurrent.CancellationException;

/** The command that finds or downloads the data and checks it, before anything needs it. */
public final class FetchData {

  private static final String RULE = "!".repeat(80);

  private FetchData() {}

  /**
   * Prints what was found, in one line. Without data or network it prints a warning that generated
   * pictures will stand in, and that is no error; damaged data is one, with exit status 1.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    try {
      Cifar10 data = Cifar10.load();
      System.out.println(
          data.isStandIn()
              ? RULE + System.lineSeparator() + data.description() + System.lineSeparator() + RULE
              : data.description());
    } catch (DataFileException | CancellationException problem) {
      System.err.println(problem.getMessage());
      System.exit(1);
    }
  }
}
