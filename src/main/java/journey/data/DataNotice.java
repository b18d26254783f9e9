package journey.data;

import java.util.Locale;

/**
 * What a reader is told about the pictures.
 *
 * @param isWarning whether they are not what the reader expects
 * @param text plain text
 */
record DataNotice(boolean isWarning, String text) {

  /**
   * About pictures that were read.
   *
   * @param place where they come from, in words
   */
  static DataNotice real(CifarFolder.Pictures pictures, String place) {
    int train = pictures.train().size();
    int test = pictures.test().size();
    int classes = pictures.test().classNames().size();
    if (!pictures.isOfficial()) {
      return new DataNotice(
          false,
          text(
              "This is your own data in CIFAR-10's format: %,d training and %,d test pictures of %d"
                  + " classes, %s.",
              train, test, classes, place));
    }
    String text =
        text(
            "CIFAR-10: %,d training and %,d test pictures of 32x32 pixels in %d classes, %s.",
            train, test, classes, place);
    int official = pictures.officialTestCount();
    String partial =
        test == official
            ? ""
            : text(
                " The test file holds only the first %,d of the official %,d pictures: the 95 %%"
                    + " interval of an accuracy of 90 %% is about ±%.1f percentage points, instead"
                    + " of ±%.1f.",
                test, official, halfWidth(test), halfWidth(official));
    return new DataNotice(false, text + partial);
  }

  /** Half the 95 % interval of an accuracy of 90 % on {@code count} pictures, in points. */
  private static double halfWidth(int count) {
    return 196 * Math.sqrt(0.9 * 0.1 / count);
  }

  /** About generated pictures. */
  static DataNotice standIn(int train, int test, String reason) {
    return new DataNotice(
        true,
        text(
            "These are NOT the pictures of CIFAR-10, but a stand-in: %,d training and %,d test"
                + " pictures that this program has drawn itself. No figure below is comparable with"
                + " one measured on CIFAR-10. Why: %s. How to get the real ones: data/README.md.",
            train, test, reason));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
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
