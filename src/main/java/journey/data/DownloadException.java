package journey.data;

import java.io.IOException;

/** A file could not be had from any of its addresses; nothing is wrong with what lies here. */
final class DownloadException extends IOException {

  private static final long serialVersionUID = 1L;

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
