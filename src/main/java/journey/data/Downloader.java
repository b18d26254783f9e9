package journey.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static journey.data.Downloader.Kind.BROKEN;
import static journey.data.Downloader.Kind.REFUSED;
import static journey.data.Downloader.Kind.WRONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import journey.progress.Progress;

/**
 * Fetches a file over HTTP into {@code NAME.part}, with a progress bar: goes on where a broken
 * transfer stopped, tries again after a pause, then the next address. The file gets its name only
 * when its SHA-256 is the manifest's; anything else is thrown away and fetched once more.
 *
 * <p>Only one thread or process at a time may fetch a file.
 *
 * @param patience within this time a server must send {@code fewest} bytes, again and again
 * @param fewest bytes that must come within the patience, at least 1
 * @param attempts attempts in a row that may each bring less than a hundredth of the file
 * @param sleeper waits between two attempts
 */
record Downloader(Proxies proxies, Duration patience, long fewest, int attempts, Sleeper sleeper) {

  private static final Duration TO_CONNECT = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE = 30;

  /** Bytes a minute, a seventh of what a modem brought; a server below that is as good as dead. */
  private static final long SLOWEST = 60_000;

  /** Waits; tests put in one that does not. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  /** What to do after a failed attempt. */
  enum Kind {
    /** Try again, and go on from what is here. */
    BROKEN,
    /** Leave this server alone. */
    REFUSED,
    /** Throw away what is here: it is not the file in the manifest. */
    WRONG
  }

  /** A server did not deliver the file. */
  private static final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Kind kind;

    Failure(Kind kind, String message, Object... values) {
      super(String.format(Locale.ROOT, message, values));
      this.kind = kind;
    }
  }

  /** Three attempts, each of which must bring {@value #SLOWEST} bytes a minute. */
  static Downloader standard() {
    return new Downloader(
        new Proxies(ProxySelector.getDefault(), System.getenv()),
        Duration.ofMinutes(1),
        SLOWEST,
        3,
        pause -> Thread.sleep(pause.toMillis()));
  }

  /** Bytes that are still to come, of a file that goes into this folder. */
  static long missing(Manifest.Item file, Path folder) {
    return file.size() - part(file, folder).toFile().length();
  }

  private static Path part(Manifest.Item file, Path folder) {
    return folder.resolve(file.name() + ".part");
  }

  /**
   * Fetches this file into this folder.
   *
   * @throws DataUnavailableException if no server can be reached or none has the file
   * @throws DataFileException if a server delivers something else
   * @throws IOException if the disk takes no more
   * @throws InterruptedException if the thread is interrupted; what came is kept for the next time
   */
  Path download(Manifest.Item file, Path folder) throws IOException, InterruptedException {
    Path part = part(file, folder);
    Path target = folder.resolve(file.name());
    List<String> failures = new ArrayList<>();
    boolean isWrong = false;
    try (var progress =
        Progress.ofBytes("Downloading " + file.name(), file.size(), part.toFile().length())) {
      var transfer = new Transfer(client(), file, part, progress);
      for (URI url : file.urls()) {
        String place = url + proxies.describe(url);
        try {
          downloadFrom(url, transfer);
          return Files.move(part, target, ATOMIC_MOVE);
        } catch (Failure failure) {
          failures.add(place + ": " + failure.getMessage());
          isWrong |= failure.kind == WRONG;
        }
      }
    } finally {
      if (part.toFile().length() == 0) {
        part.toFile().delete();
      }
    }
    String reasons = String.join("; ", failures);
    if (!isWrong) {
      throw new DataUnavailableException(file.name() + " could not be downloaded: " + reasons);
    }
    throw new DataFileException(
        target,
        file.content(),
        reasons,
        "try again later or on another network, or put the official file there by hand"
            + " (data/README.md); JOURNEY_DATA=stand-in goes on with generated data");
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TO_CONNECT)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .proxy(proxies)
        .authenticator(proxies.authenticator())
        .build();
  }

  private void downloadFrom(URI url, Transfer transfer) throws IOException, InterruptedException {
    boolean isSecondLook = false;
    for (int fruitless = 0; ; ) {
      long before = transfer.size();
      try {
        transfer.run(url, patience, fewest);
        return;
      } catch (Failure failure) {
        // A line that breaks again and again still brings the whole file in the end.
        boolean hasBrought = transfer.size() - before > transfer.file.size() / 100;
        fruitless = hasBrought ? 0 : fruitless + 1;
        boolean isWrong = failure.kind == WRONG;
        if (isWrong) {
          Files.delete(transfer.part);
        }
        if (failure.kind == REFUSED || isWrong && isSecondLook || fruitless >= attempts) {
          throw failure;
        }
        isSecondLook |= isWrong;
        transfer.progress.message("trying again: " + failure.getMessage());
      }
      sleeper.sleep(Duration.ofSeconds(Math.min(1L << Math.max(0, fruitless - 1), LONGEST_PAUSE)));
      transfer.progress.message("");
    }
  }

  /** The attempts at one file. */
  private record Transfer(HttpClient client, Manifest.Item file, Path part, Progress progress) {

    long size() {
      return part.toFile().length();
    }

    /**
     * Appends what is still missing, which it asks for as a range (RFC 9110, section 14), and
     * checks the whole. A server that ignores ranges sends all, which then replaces the part.
     *
     * @throws Failure if the file does not come, or not all of it, or another one
     * @throws IOException if the disk takes no more
     */
    void run(URI url, Duration patience, long fewest) throws IOException, InterruptedException {
      if (size() < file.size()) {
        var request = HttpRequest.newBuilder(url);
        if (size() > 0) {
          request.header("Range", "bytes=" + size() + "-");
        }
        // Once it is closed, no late byte of this attempt can get between those of the next.
        try (var out = FileChannel.open(part, CREATE, APPEND)) {
          await(client.sendAsync(request.build(), answer -> body(answer, out)), patience, fewest);
        }
      }
      if (size() < file.size()) {
        throw new Failure(BROKEN, "the server stopped after %,d of %,d bytes", size(), file.size());
      }
      String found = Manifest.sha256Of(part);
      if (!found.equals(file.sha256())) {
        throw new Failure(WRONG, "SHA-256 %s", found);
      }
    }

    private void await(CompletableFuture<?> end, Duration patience, long fewest)
        throws IOException, InterruptedException {
      try {
        long came = fewest;
        while (came >= fewest) {
          long before = size();
          try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return;
          } catch (TimeoutException unfinished) {
            // That is no fault as long as enough bytes come.
            came = size() - before;
          }
        }
        throw new Failure(
            BROKEN,
            "sent %s in %.1f seconds",
            came == 0 ? "nothing" : came + " bytes",
            patience.toMillis() / 1000.0);
      } catch (ExecutionException failed) {
        throw inWords(failed.getCause());
      } finally {
        end.cancel(true); // closes the connection
      }
    }

    private BodySubscriber<Void> body(ResponseInfo answer, FileChannel out) {
      int status = answer.statusCode();
      String range = answer.headers().firstValue("Content-Range").orElse("none");
      if (status == 416 || status == 206 && !range.startsWith("bytes " + size() + "-")) {
        throw new Failure(WRONG, "no bytes from %,d on (HTTP %d, range %s)", size(), status, range);
      }
      if (status != 200 && status != 206) {
        boolean isBusy = status == 408 || status == 429 || status >= 500;
        var target = answer.headers().firstValue("Location").map(" and leads to "::concat);
        throw new Failure(
            isBusy ? BROKEN : REFUSED, "answered HTTP %d%s", status, target.orElse(""));
      }
      if (status == 200) {
        long offered = answer.headers().firstValueAsLong("Content-Length").orElse(file.size());
        if (size() > 0 && offered != file.size()) {
          // A network's log-in page must not cost the part that is here.
          throw new Failure(REFUSED, "offers %,d bytes, expected were %,d", offered, file.size());
        }
        truncate(out);
      }
      return BodySubscribers.ofByteArrayConsumer(
          bytes -> bytes.ifPresent(chunk -> append(chunk, out)));
    }

    private static void truncate(FileChannel out) {
      try {
        out.truncate(0);
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }

    private void append(byte[] chunk, FileChannel out) {
      try {
        if (out.size() + chunk.length > file.size()) {
          throw new Failure(WRONG, "more than %,d bytes", file.size());
        }
        out.write(ByteBuffer.wrap(chunk));
        progress.stepTo(out.size());
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }

    /**
     * The HTTP client wraps what {@link #body} throws; its own exceptions often have no message.
     */
    private static Failure inWords(Throwable problem) throws IOException {
      for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
        if (cause instanceof Failure failure) {
          return failure;
        }
        if (cause instanceof UncheckedIOException disk) {
          throw disk.getCause();
        }
      }
      boolean isUnconnected =
          problem instanceof HttpConnectTimeoutException || problem instanceof ConnectException;
      return new Failure(
          BROKEN,
          "%s",
          isUnconnected ? "no connection could be made (is there a network?)" : problem);
    }
  }
}
