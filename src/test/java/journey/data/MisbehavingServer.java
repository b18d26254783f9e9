package journey.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A web server with one file, which answers each request as badly as it is told to. It also serves
 * as a proxy, through which every address leads to that file.
 */
final class MisbehavingServer implements AutoCloseable {

  /** One way to answer a request for this content. */
  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange, byte[] content) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();

  /**
   * Answers the first request in the first way, and so on; the last way is for all further ones.
   */
  MisbehavingServer(byte[] content, Behaviour... behaviours) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Behaviour behaviour;
          synchronized (requests) {
            behaviour = behaviours[Math.min(requests.size(), behaviours.length - 1)];
            requests.add(exchange);
          }
          try (exchange) {
            behaviour.answer(exchange, content);
          } catch (IOException | InterruptedException clientHasGone) {
            // That is what some clients are told to do.
          }
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/small.tar.gz");
  }

  /** The requests so far. */
  List<HttpExchange> requests() {
    return requests;
  }

  /** Where each requested range begins, or "whole". */
  List<String> starts() {
    return requests.stream()
        .map(request -> request.getRequestHeaders().getFirst("Range"))
        .map(range -> range == null ? "whole" : range.replaceAll("bytes=|-", ""))
        .toList();
  }

  static Behaviour honest() {
    return cutAfter(Integer.MAX_VALUE);
  }

  /** Serves ranges, but closes the connection after this many bytes of the body. */
  static Behaviour cutAfter(int bytes) {
    return (exchange, content) -> {
      int start = honestHead(exchange, content);
      body(exchange, content, start, (int) Math.min(content.length, (long) start + bytes));
    };
  }

  /** Serves ranges, but pauses each time after this many bytes. */
  static Behaviour slowly(int bytesAtOnce, long pauseMillis) {
    return (exchange, content) -> {
      for (int at = honestHead(exchange, content); at < content.length; at += bytesAtOnce) {
        body(exchange, content, at, Math.min(content.length, at + bytesAtOnce));
        Thread.sleep(pauseMillis);
      }
    };
  }

  /** Sends this many bytes of the body and then nothing more, on an open connection. */
  static Behaviour stallAfter(int bytes) {
    return (exchange, content) -> {
      int start = honestHead(exchange, content);
      body(exchange, content, start, start + bytes);
      Thread.sleep(Long.MAX_VALUE);
    };
  }

  /** Takes the request and never answers. */
  static Behaviour silence() {
    return (exchange, content) -> Thread.sleep(Long.MAX_VALUE);
  }

  static Behaviour status(int status) {
    return (exchange, content) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Answers with this status and nothing but this header. */
  static Behaviour status(int status, String header, Object value) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().set(header, value.toString());
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static Behaviour ignoringRanges() {
    return wholeFile(content -> content);
  }

  /** Sends the whole file with one byte changed. */
  static Behaviour wrongByteAt(int position) {
    return wholeFile(
        content -> {
          content[position] ^= 1;
          return content;
        });
  }

  /** Has another file, the last bytes of which are missing or superfluous. */
  static Behaviour otherLength(int difference) {
    return (exchange, content) -> {
      int length = content.length + difference;
      Behaviour answer =
          start(exchange) < length
              ? wholeFile(whole -> Arrays.copyOf(whole, length))
              : status(416, "Content-Range", "bytes */" + length);
      answer.answer(exchange, content);
    };
  }

  /** Announces one byte more than it sends. */
  static Behaviour wrongLength() {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length + 1);
      body(exchange, content, 0, content.length);
    };
  }

  /** Answers a request for a range with another one. */
  static Behaviour wrongRange() {
    return (exchange, content) -> {
      int start = start(exchange) / 2;
      partHead(exchange, content, start);
      body(exchange, content, start, content.length);
    };
  }

  private static Behaviour wholeFile(UnaryOperator<byte[]> change) {
    return (exchange, content) -> {
      byte[] changed = change.apply(content.clone());
      exchange.sendResponseHeaders(200, changed.length);
      body(exchange, changed, 0, changed.length);
    };
  }

  /** Where the requested range begins; 0 if the whole file is wanted. */
  private static int start(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private static int honestHead(HttpExchange exchange, byte[] content) throws IOException {
    int start = start(exchange);
    if (start == 0) {
      exchange.sendResponseHeaders(200, content.length);
    } else {
      partHead(exchange, content, start);
    }
    return start;
  }

  private static void partHead(HttpExchange exchange, byte[] content, int start)
      throws IOException {
    String range = "bytes %d-%d/%d".formatted(start, content.length - 1, content.length);
    exchange.getResponseHeaders().set("Content-Range", range);
    exchange.sendResponseHeaders(206, content.length - start);
  }

  private static void body(HttpExchange exchange, byte[] bytes, int from, int to)
      throws IOException {
    exchange.getResponseBody().write(bytes, from, to - from);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
