package journey.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt to fetch what is still missing of a file from one address.
 *
 * <p>It asks for the missing range (RFC 9110, section 14) on condition that the file has not
 * changed ({@code If-Range}, section 13.1.5); a server that ignores ranges sends the whole file,
 * and the transfer begins anew.
 */
final class Transfer {

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

  private final HttpClient client;
  private final Duration patience;

  /**
   * @param patience how long the server may take to answer, and then be silent
   */
  Transfer(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Appends what is missing, as far as it comes.
   *
   * @param onSize told the number of bytes that are here, as it grows
   * @throws RefusedException if the server does not have the file or does not give it away
   * @throws WrongContentException if it has another file
   * @throws IOException if the connection cannot be made, breaks or stalls; what came is kept
   */
  void run(URI url, PartialFile part, LongConsumer onSize)
      throws IOException, InterruptedException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request(url, part));
    try (var body = new ResponseBody(patience)) {
      response.body().subscribe(body);
      prepare(url, response, part);
      onSize.accept(part.size());
      copy(body, part, onSize);
    }
    if (!part.isComplete()) {
      throw new IOException(
          "the server stopped after %,d of %,d bytes".formatted(part.size(), part.expectedSize()));
    }
  }

  private static HttpRequest request(URI url, PartialFile part) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (part.size() > 0) {
      request.header("Range", "bytes=" + part.size() + "-");
      part.validator(url).ifPresent(validator -> request.header("If-Range", validator));
    }
    return request.build();
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request)
      throws IOException, InterruptedException {
    // Not HttpRequest.timeout: on newer JDKs that would limit the time for the body as well.
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
        client.sendAsync(request, BodyHandlers.ofPublisher());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw new HttpTimeoutException(
          "did not answer within %.1f seconds".formatted(patience.toMillis() / 1000.0));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException problem
          ? problem
          : new IOException(failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static void prepare(URI url, HttpResponse<?> response, PartialFile part)
      throws IOException {
    int status = response.statusCode();
    if (status == 200) {
      requireLength(response.headers(), part.expectedSize());
      part.restart(url, validator(response.headers()));
    } else if (status == 206) {
      requireRange(response.headers(), part);
      requireLength(response.headers(), part.expectedSize() - part.size());
    } else if (status == 416) {
      part.discard();
      throw new IOException("answered HTTP 416: the file there has changed");
    } else if (status == 408 || status == 429 || status >= 500) {
      throw new IOException("answered HTTP " + status);
    } else {
      throw new RefusedException(status);
    }
  }

  private static void requireLength(HttpHeaders headers, long expected)
      throws WrongContentException {
    long length = headers.firstValueAsLong("Content-Length").orElse(expected);
    if (length != expected) {
      throw new WrongContentException(
          "%,d bytes still to come".formatted(expected),
          "a server that announces %,d".formatted(length));
    }
  }

  private static void requireRange(HttpHeaders headers, PartialFile part) throws IOException {
    String range = headers.firstValue("Content-Range").orElse("none");
    Matcher match = CONTENT_RANGE.matcher(range);
    boolean fits =
        match.matches()
            && match.group(1).equals(Long.toString(part.size()))
            && (match.group(3).equals("*")
                || match.group(3).equals(Long.toString(part.expectedSize())));
    if (!fits) {
      String asked = "bytes %d-/%d".formatted(part.size(), part.expectedSize());
      part.discard();
      throw new WrongContentException("the range " + asked, "the range " + range);
    }
  }

  /** A strong entity tag, or else the date of the last change. */
  private static Optional<String> validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  private static void copy(ResponseBody body, PartialFile part, LongConsumer onSize)
      throws IOException, InterruptedException {
    for (var chunk = body.next(); chunk.isPresent(); chunk = body.next()) {
      for (ByteBuffer bytes : chunk.get()) {
        requireRoom(bytes, part);
        part.append(bytes);
      }
      onSize.accept(part.size());
    }
  }

  private static void requireRoom(ByteBuffer bytes, PartialFile part) throws WrongContentException {
    long missing = part.expectedSize() - part.size();
    if (bytes.remaining() > missing) {
      part.discard();
      throw new WrongContentException(
          "%,d bytes".formatted(part.expectedSize()), "a server that sends more");
    }
  }
}
