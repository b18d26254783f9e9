package journey.data;

import static journey.data.TransferException.Kind.BROKEN;
import static journey.data.TransferException.Kind.REFUSED;
import static journey.data.TransferException.Kind.WRONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
  void run(URI url) throws TransferException, InterruptedException {
    try (var out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var request = HttpRequest.newBuilder(url);
      if (size() > 0) {
        request.header("Range", "bytes=" + size() + "-");
      }
      await(client.sendAsync(request.build(), answer -> body(answer, out)));
    } catch (TransferException problem) {
      throw problem;
    } catch (IOException problem) {
      throw unwritable(problem);
    }
    if (size() < file.size()) {
      throw new TransferException(
          BROKEN, "the server stopped after %,d of %,d bytes".formatted(size(), file.size()));
    }
  }

  /** The bytes that are here. */
  long size() {
    return part.toFile().length();
  }

  private void await(CompletableFuture<?> end) throws TransferException, InterruptedException {
    try {
      for (long before = -1; before != size(); ) {
        before = size();
        try {
          end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException nothingYet) {
          // Patience is for silence, not for the whole file.
        }
      }
      throw new TransferException(
          BROKEN, "sent nothing for %.1f seconds".formatted(patience.toMillis() / 1000.0));
    } catch (ExecutionException failed) {
      throw explain(failed.getCause());
    } finally {
      end.cancel(true); // closes the connection
    }
  }

  private BodySubscriber<Void> body(ResponseInfo answer, FileChannel out) {
    try {
      requireFile(answer);
      if (answer.statusCode() == 200) {
        out.truncate(0);
      }
    } catch (TransferException problem) {
      throw new UncheckedIOException(problem);
    } catch (IOException problem) {
      throw unwritable(problem);
    }
    return BodySubscribers.ofByteArrayConsumer(
        bytes -> bytes.ifPresent(chunk -> append(chunk, out)));
  }

  private void requireFile(ResponseInfo answer) throws TransferException {
    int status = answer.statusCode();
    String range = answer.headers().firstValue("Content-Range").orElse("none");
    if (status == 416 || status == 206 && !range.startsWith("bytes " + size() + "-")) {
      throw new TransferException(
          WRONG, "no bytes from %,d on (HTTP %d, range %s)".formatted(size(), status, range));
    }
    if (status == 200 || status == 206) {
      return;
    }
    String more =
        switch (status) {
          case 301, 302, 303, 307, 308 ->
              " and leads to " + answer.headers().firstValue("Location").orElse("no address");
          case 407 -> ": the proxy wants a user name and password (data/README.md)";
          default -> "";
        };
    boolean passing = status == 408 || status == 429 || status >= 500;
    throw new TransferException(passing ? BROKEN : REFUSED, "answered HTTP " + status + more);
  }

  private void append(byte[] chunk, FileChannel out) {
    try {
      if (out.size() + chunk.length > file.size()) {
        throw new UncheckedIOException(
            new TransferException(WRONG, "more than %,d bytes".formatted(file.size())));
      }
      out.write(ByteBuffer.wrap(chunk));
      progress.stepTo(out.size());
    } catch (IOException problem) {
      throw unwritable(problem);
    }
  }

  private DataFileException unwritable(IOException problem) {
    return new DataFileException(
        part,
        "a file that can be written, and room on the disk for %,d bytes".formatted(file.size()),
        "%s after %,d bytes".formatted(problem, size()),
        "make room on the disk or the folder writable, then run again; the download goes on from"
            + " there",
        problem);
  }

  /** The problem in words; the HTTP client's own exceptions often have none. */
  private static TransferException explain(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransferException known) {
        return known;
      } else if (cause instanceof DataFileException disk) {
        throw disk;
      } else if (cause instanceof UnresolvedAddressException
          || cause instanceof UnknownHostException) {
        String words = "no server of this name is known (is there a network?)";
        return new TransferException(BROKEN, words, problem);
      }
    }
    boolean unconnected =
        problem instanceof HttpConnectTimeoutException || problem instanceof ConnectException;
    return new TransferException(
        BROKEN,
        unconnected ? "no connection could be made (is there a network?)" : problem.toString(),
        problem);
  }
}
