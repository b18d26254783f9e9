package journey.data;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static journey.data.TransferException.Kind.BROKEN;
import static journey.data.TransferException.Kind.REFUSED;
import static journey.data.TransferException.Kind.WRONG;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import journey.progress.Progress;

/**
 * Appends to {@code NAME.part} what is still missing of a file. It asks for the missing range (RFC
 * 9110, section 14); a server that ignores ranges sends the whole file, which then replaces the
 * part.
 *
 * <p>Every problem with the disk is a {@link DataFileException}: another server would not help.
 *
 * @param patience how long the server may send nothing
 */
record Transfer(
    HttpClient client, Duration patience, Manifest.Download file, Path part, Progress progress) {

  /**
   * One attempt.
   *
   * @throws TransferException if the file does not come, or not all of it
   * @throws InterruptedException if the thread is interrupted; what came is kept
   */
  void run(URI url) throws InterruptedException {
    var request = HttpRequest.newBuilder(url);
    if (size() > 0) {
      request.header("Range", "bytes=" + size() + "-");
    }
    // Once it is closed, no late byte of this attempt can get between those of the next.
    try (var out = FileChannel.open(part, CREATE, APPEND)) {
      await(client.sendAsync(request.build(), answer -> body(answer, out)));
    } catch (IOException problem) {
      throw unusable(problem);
    }
    if (size() < file.size()) {
      throw new TransferException(
          BROKEN, "the server stopped after %,d of %,d bytes", size(), file.size());
    }
  }

  /** The bytes that are here. */
  long size() {
    return part.toFile().length();
  }

  private void await(CompletableFuture<?> end) throws InterruptedException {
    try {
      for (long before = -1; before != size(); ) {
        before = size();
        try {
          end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException unfinished) {
          // That is no fault as long as bytes keep coming.
        }
      }
      throw new TransferException(
          BROKEN, "sent nothing for %.1f seconds", patience.toMillis() / 1000.0);
    } catch (ExecutionException failed) {
      throw inWords(failed.getCause());
    } finally {
      end.cancel(true); // closes the connection
    }
  }

  private BodySubscriber<Void> body(ResponseInfo answer, FileChannel out) {
    int status = answer.statusCode();
    String range = answer.headers().firstValue("Content-Range").orElse("none");
    if (status == 200) {
      discard(out);
    } else if (status == 416 || status == 206 && !range.startsWith("bytes " + size() + "-")) {
      throw new TransferException(
          WRONG, "no bytes from %,d on (HTTP %d, range %s)", size(), status, range);
    } else if (status != 206) {
      boolean isBusy = status == 408 || status == 429 || status >= 500;
      String target =
          answer.headers().firstValue("Location").map(" and leads to "::concat).orElse("");
      throw new TransferException(isBusy ? BROKEN : REFUSED, "answered HTTP %d%s", status, target);
    }
    return BodySubscribers.ofByteArrayConsumer(
        bytes -> bytes.ifPresent(chunk -> append(chunk, out)));
  }

  private void discard(FileChannel out) {
    try {
      out.truncate(0);
    } catch (IOException problem) {
      throw unusable(problem);
    }
  }

  private void append(byte[] chunk, FileChannel out) {
    try {
      if (out.size() + chunk.length > file.size()) {
        throw new TransferException(WRONG, "more than %,d bytes", file.size());
      }
      out.write(ByteBuffer.wrap(chunk));
      progress.stepTo(out.size());
    } catch (IOException problem) {
      throw unusable(problem);
    }
  }

  /** What to say of a problem with the disk. */
  DataFileException unusable(IOException problem) {
    return new DataFileException(
        part,
        String.format(
            Locale.ROOT,
            "a file that can be written, and room on the disk for %,d bytes",
            file.size()),
        String.format(Locale.ROOT, "%s after %,d bytes", problem, size()),
        "make room on the disk or the folder writable, then run again; the download goes on from"
            + " there",
        problem);
  }

  /** The HTTP client wraps what {@link #body} throws; its own exceptions often have no message. */
  private static RuntimeException inWords(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransferException || cause instanceof DataFileException) {
        return (RuntimeException) cause;
      }
    }
    boolean unconnected =
        problem instanceof HttpConnectTimeoutException || problem instanceof ConnectException;
    return new TransferException(
        BROKEN,
        "%s",
        unconnected ? "no connection could be made (is there a network?)" : problem.toString());
  }
}
