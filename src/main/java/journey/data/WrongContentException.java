package journey.data;

import java.io.IOException;

/** A server delivers something other than the file the manifest describes. */
final class WrongContentException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String found;

  WrongContentException(String expected, String found) {
    super("expected " + expected + ", found " + found);
    this.expected = expected;
    this.found = found;
  }

  String expected() {
    return expected;
  }

  String found() {
    return found;
  }
}
