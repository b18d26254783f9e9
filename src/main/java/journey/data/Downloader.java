package journey.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static journey.data.TransferException.Kind.REFUSED;
import static journey.data.TransferException.Kind.WRONG;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import journey.progress.Progress;

/**
 * Fetches a file over HTTP, with a progress bar: goes on where a broken transfer stopped, tries
 * again after a pause, then the next address. The file gets its name only when its SHA-256 is the
 * manifest's; anything else is thrown away and fetched once more.
 *
 * <p>The caller holds the {@link FolderLock}.
 *
 * @param toConnect how long a connection may take
 * @param patience how long a server may send nothing
 * @param attempts attempts in a row that may bring less than a hundredth of the file
 * @param sleeper waits between two attempts
 */
record Downloader(
    Proxies proxies, Duration toConnect, Duration patience, int attempts, Sleeper sleeper) {

  /** Waits; tests put in one that does not. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  private static final int LONGEST_PAUSE = 30;

  /** Ten seconds to connect, thirty without a byte, three attempts. */
  static Downloader standard() {
    return new Downloader(
        Proxies.standard(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        3,
        pause -> Thread.sleep(pause.toMillis()));
  }

  /**
   * Fetches this file into this folder.
   *
   * @throws DataUnavailableException if no server can be reached or none has the file
   * @throws DataFileException if a server delivers something else, or the disk takes no more
   * @throws InterruptedException if the thread is interrupted; what came is kept for the next time
   */
  Path download(Manifest.Download file, Path folder) throws InterruptedException {
    Path part = folder.resolve(file.name() + ".part");
    Path target = folder.resolve(file.name());
    List<String> failures = new ArrayList<>();
    boolean wrong = false;
    try (var progress =
        Progress.ofBytes("Downloading " + file.name(), file.size(), part.toFile().length())) {
      var transfer = new Transfer(client(), patience, file, part, progress);
      for (URI url : file.urls()) {
        String place = url + proxies.describe(url);
        try {
          downloadFrom(url, transfer);
          return Files.move(part, target, ATOMIC_MOVE);
        } catch (TransferException problem) {
          failures.add(place + ": " + problem.getMessage());
          wrong |= problem.kind() == WRONG;
        } catch (IOException problem) {
          throw transfer.unusable(problem);
        }
      }
    } finally {
      if (part.toFile().length() == 0) {
        part.toFile().delete();
      }
    }
    String reasons = String.join("; ", failures);
    if (!wrong) {
      throw new DataUnavailableException(file.name() + " could not be downloaded: " + reasons);
    }
    throw new DataFileException(
        target,
        Sha256.describe(file.size(), file.sha256()),
        reasons,
        "try again later or on another network, or put the official file there by hand"
            + " (data/README.md); JOURNEY_DATA=stand-in goes on with generated data");
  }

  private void downloadFrom(URI url, Transfer transfer) throws IOException, InterruptedException {
    long hundredth = transfer.file().size() / 100;
    long mark = transfer.size();
    int fruitless = 0;
    boolean again = false;
    while (true) {
      try {
        if (transfer.size() < transfer.file().size()) {
          transfer.run(url);
        }
        verify(transfer);
        return;
      } catch (TransferException problem) {
        boolean last = problem.kind() == REFUSED || problem.kind() == WRONG && again;
        if (problem.kind() == WRONG) {
          Files.delete(transfer.part());
          again = true;
          mark = 0;
        } else if (transfer.size() - mark > hundredth) {
          // A line that breaks again and again still brings the whole file in the end.
          mark = transfer.size();
          fruitless = 0;
        } else {
          last |= ++fruitless >= attempts;
        }
        if (last) {
          throw problem;
        }
        transfer.progress().message("trying again: " + problem.getMessage());
      }
      sleeper.sleep(Duration.ofSeconds(Math.min(1L << Math.max(0, fruitless - 1), LONGEST_PAUSE)));
      transfer.progress().message("");
    }
  }

  private static void verify(Transfer transfer) throws IOException {
    String found = Sha256.of(transfer.part());
    if (!found.equals(transfer.file().sha256())) {
      throw new TransferException(WRONG, "SHA-256 %s", found);
    }
  }

  private HttpClient client() {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(toConnect)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies);
    proxies.authenticator().ifPresent(client::authenticator);
    return client.build();
  }
}
