package journey.data;

import java.util.Locale;

/** A server did not deliver a file. */
final class TransferException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What to do next. */
  enum Kind {
    /** Try again, and go on from what is here. */
    BROKEN,
    /** Leave this server alone. */
    REFUSED,
    /** Throw away what is here: it is not the file in the manifest. */
    WRONG
  }

  private final Kind kind;

  TransferException(Kind kind, String message, Object... values) {
    super(String.format(Locale.ROOT, message, values));
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
