package journey.data;

import java.io.IOException;

/** A server says that it will not deliver the file, so that asking again is of no use. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedException(int status) {
    super("answered HTTP " + status);
  }
}
