package journey.data;

/**
 * What a reader is told about the pictures.
 *
 * @param isWarning whether they are not what the reader expects
 * @param text plain text
 */
record DataNotice(boolean isWarning, String text) {

  private static final double EXAMPLE_ACCURACY = 0.9;

  // The normal distribution's 97.5 % quantile.
  private static final double Z = 1.96;

  /**
   * About pictures that were read.
   *
   * @param place where they come from, in words
   */
  static DataNotice real(CifarFolder.Pictures pictures, String place) {
    int tests = pictures.test().size();
    String what = pictures.isOfficial() ? "CIFAR-10" : "This is your own data in CIFAR-10's format";
    String size = pictures.isOfficial() ? " of 32x32 pixels in %d classes" : " of %d classes";
    String text =
        "%s: %,d training and %,d test pictures%s, %s."
            .formatted(
                what,
                pictures.train().size(),
                tests,
                size.formatted(pictures.test().classNames().size()),
                place);
    boolean partial = pictures.isOfficial() && tests < pictures.officialTestCount();
    return new DataNotice(
        false, partial ? text + partial(tests, pictures.officialTestCount()) : text);
  }

  private static String partial(int tests, int official) {
    return (" The test file holds only the first %,d of the official %,d pictures: the 95 %% interval"
            + " of an accuracy of %.0f %% is about ±%.1f percentage points,"
            + " instead of ±%.1f.")
        .formatted(
            tests,
            official,
            100 * EXAMPLE_ACCURACY,
            100 * halfWidth(EXAMPLE_ACCURACY, tests),
            100 * halfWidth(EXAMPLE_ACCURACY, official));
  }

  /** Half the width of the 95 % interval of an accuracy measured on so many pictures. */
  private static double halfWidth(double accuracy, int count) {
    return Z * Math.sqrt(accuracy * (1 - accuracy) / count);
  }

  /** About generated pictures. */
  static DataNotice standIn(int train, int test, String reason) {
    return new DataNotice(
        true,
        ("These are NOT the pictures of CIFAR-10, but a stand-in: %,d training and %,d test pictures"
                + " that this program has drawn itself. No figure below is comparable with one"
                + " measured on CIFAR-10. Why: %s. How to get the real ones: data/README.md.")
            .formatted(train, test, reason));
  }

  /** The same as HTML. */
  String html() {
    return isWarning
        ? "<div role=\"alert\" style=\"background:#b00020;color:#ffffff;border:6px solid #ffb300;"
            + "padding:16px 20px;font-size:150%;line-height:1.4\"><strong>NOT CIFAR-10</strong><br>"
            + escape(text)
            + "</div>"
        : "<div style=\"color:#555555\">" + escape(text) + "</div>";
  }

  private static String escape(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
