package journey.data;

import java.io.IOException;

/** A server did not deliver a file. */
final class TransferException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What that means for the next attempt. */
  enum Kind {
    /** Another attempt may go on from what is here. */
    BROKEN,
    /** Asking this server again is of no use. */
    REFUSED,
    /** What is here is not the file in the manifest. */
    WRONG
  }

  private final Kind kind;

  TransferException(Kind kind, String message) {
    this(kind, message, null);
  }

  TransferException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
