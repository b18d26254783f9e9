package journey.data;

import java.util.Locale;

/** A server did not deliver a file. */
final class TransferException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What that means for the next attempt. */
  enum Kind {
    /** It may go on from what is here. */
    BROKEN,
    /** It is of no use. */
    REFUSED,
    /** What is here is not the file in the manifest. */
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
