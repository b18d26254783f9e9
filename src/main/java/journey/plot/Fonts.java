package journey.plot;

import java.awt.image.BufferedImage;

/** The fonts of this machine, of which slim images of Linux have none. */
public final class Fonts {

  private static final String MISSING =
      "Java finds no fonts on this machine, so no figure can have text. Install fontconfig and a"
          + " font (Debian, Ubuntu: apt-get install fontconfig fonts-dejavu-core; Fedora: dnf"
          + " install fontconfig dejavu-sans-fonts; Alpine: apk add fontconfig font-dejavu).";

  private Fonts() {}

  /** Says what to install if there are none, and ends with status 1. */
  public static void main(String[] arguments) {
    try {
      require();
    } catch (IllegalStateException missing) {
      System.out.println(MISSING);
      System.exit(1);
    }
  }

  /**
   * Does nothing if there are fonts.
   *
   * @throws IllegalStateException if there are none; its message says what to install
   */
  static void require() {
    try {
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
          .createGraphics()
          .getFontMetrics(Theme.PLAIN);
    } catch (RuntimeException | InternalError | LinkageError problem) {
      // Which is no part of it: sixty lines long, another one each time, and silent about fonts.
      throw new IllegalStateException(MISSING + " Then start the kernel again.");
    }
  }
}
