package journey.data;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import journey.progress.Progress;

/**
 * Fetches a file over HTTP, with a progress bar: goes on where a broken transfer stopped, tries
 * again after a pause, then the next address; and gives the file its name only when its size and
 * SHA-256 are the manifest's.
 *
 * <p>Whoever calls it holds the {@link FolderLock} of the folder.
 */
final class Downloader {

  private static final Duration TO_CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Transfer transfer;
  private final RetryPolicy retry;

  /**
   * @param toConnect how long a connection may take
   * @param patience how long a server may take to answer, and then be silent
   */
  Downloader(Duration toConnect, Duration patience, RetryPolicy retry) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(toConnect)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    this.transfer = new Transfer(client, patience);
    this.retry = retry;
  }

  /** Ten seconds to connect, thirty without a byte, three attempts in vain. */
  static Downloader standard() {
    return new Downloader(TO_CONNECT, PATIENCE, RetryPolicy.standard());
  }

  /**
   * Fetches this file into this folder.
   *
   * @throws DownloadException if no server can be reached or none has the file
   * @throws DataFileException if a server delivers something else, or the disk takes no more
   * @throws InterruptedException if the thread is interrupted; what came is kept for the next time
   */
  Path download(Manifest.Archive file, Path folder) throws DownloadException, InterruptedException {
    Path target = folder.resolve(file.name());
    try (var part = new PartialFile(target, file.size());
        var progress = Progress.ofBytes("Downloading " + file.name(), file.size(), part.size())) {
      List<Failure> failures = new ArrayList<>();
      for (URI url : file.urls()) {
        try {
          downloadFrom(url, file, part, progress);
          part.complete();
          return target;
        } catch (IOException problem) {
          failures.add(new Failure(url, problem));
        }
      }
      throw explain(file, target, failures);
    }
  }

  private record Failure(URI url, IOException problem) {
    @Override
    public String toString() {
      return url + ": " + reason(problem);
    }
  }

  private void downloadFrom(URI url, Manifest.Archive file, PartialFile part, Progress progress)
      throws IOException, InterruptedException {
    int fruitless = 0;
    long furthest = part.size();
    while (true) {
      try {
        if (!part.isComplete()) {
          transfer.run(url, part, progress::stepTo);
        }
        verify(file, part);
        return;
      } catch (RefusedException refused) {
        throw refused;
      } catch (IOException problem) {
        // A line that breaks again and again still brings the whole file in the end.
        fruitless = part.size() > furthest ? 0 : fruitless + 1;
        furthest = Math.max(furthest, part.size());
        if (fruitless >= retry.attempts()) {
          throw problem;
        }
        progress.message("trying again: " + reason(problem));
      }
      retry.pause(fruitless);
      progress.message("");
    }
  }

  private static void verify(Manifest.Archive file, PartialFile part) throws WrongContentException {
    String found = part.sha256();
    if (!found.equals(file.sha256())) {
      part.discard();
      throw new WrongContentException("SHA-256 " + file.sha256(), "SHA-256 " + found);
    }
  }

  private static DownloadException explain(
      Manifest.Archive file, Path target, List<Failure> failures) {
    for (Failure failure : failures) {
      if (failure.problem() instanceof WrongContentException wrong) {
        throw new DataFileException(
            target,
            wrong.expected(),
            wrong.found() + ", from " + failure.url(),
            "try again later or on another network, or put the official file there by hand"
                + " (data/README.md); JOURNEY_DATA=stand-in goes on with generated pictures",
            wrong);
      }
    }
    String reasons = failures.stream().map(Failure::toString).collect(Collectors.joining("; "));
    return new DownloadException(
        file.name() + " could not be downloaded: " + reasons,
        failures.get(failures.size() - 1).problem());
  }

  /** The problem in words; the HTTP client's own exceptions often have none. */
  private static String reason(IOException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no server of this name is known (is there a network?)";
      }
    }
    if (problem instanceof HttpConnectTimeoutException || problem instanceof ConnectException) {
      return "no connection could be made (is there a network?)";
    }
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
