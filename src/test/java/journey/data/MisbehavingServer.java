package journey.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A web server with one file, which answers each request as badly as it is told to. It also serves
 * as a proxy, through which every address leads to that file.
 */
final class MisbehavingServer implements AutoCloseable {

  /** One way to answer. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Exchange exchange) throws IOException, InterruptedException;
  }

  /** A request and the connection it came by. */
  final class Exchange {
    private final Map<String, String> request;
    private final OutputStream out;

    private Exchange(Map<String, String> request, OutputStream out) {
      this.request = request;
      this.out = out;
    }

    byte[] content() {
      return content;
    }

    void awaitClosing() throws InterruptedException {
      closing.await();
    }

    void head(int status, String... lines) throws IOException {
      String head = "HTTP/1.1 " + status + " Whatever\r\nConnection: close\r\n";
      for (String line : lines) {
        head += line + "\r\n";
      }
      out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void body(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      out.flush();
    }

    /** Where the requested range begins; 0 if the whole file is wanted. */
    int start() {
      String range = request.get("range");
      return range == null
          ? 0
          : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    /** The correct head for the requested range. */
    int honestHead() throws IOException {
      int start = start();
      String length = "Content-Length: " + (content.length - start);
      if (start == 0) {
        head(200, length);
      } else {
        String range = start + "-" + (content.length - 1) + "/" + content.length;
        head(206, length, "Content-Range: bytes " + range);
      }
      return start;
    }
  }

  private final byte[] content;
  private final List<Behaviour> behaviours;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * Answers the first request in the first way, and so on; the last way is for all further ones.
   */
  MisbehavingServer(byte[] content, Behaviour... behaviours) throws IOException {
    this.content = content;
    this.behaviours = List.of(behaviours);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/small.tar.gz");
  }

  /** The headers of the requests so far, names in lower case, and the first line as "request". */
  List<Map<String, String>> requests() {
    return requests;
  }

  static Behaviour honest() {
    return cutAfter(Integer.MAX_VALUE);
  }

  /** Serves ranges, but closes the connection after this many bytes of the body. */
  static Behaviour cutAfter(int bytes) {
    return exchange -> {
      int start = exchange.honestHead();
      long end = Math.min(exchange.content().length, (long) start + bytes);
      exchange.body(exchange.content(), start, (int) end);
    };
  }

  /** Serves ranges, but pauses each time after this many bytes. */
  static Behaviour slowly(int bytesAtOnce, long pauseMillis) {
    return exchange -> {
      int length = exchange.content().length;
      for (int at = exchange.honestHead(); at < length; at += bytesAtOnce) {
        exchange.body(exchange.content(), at, Math.min(length, at + bytesAtOnce));
        Thread.sleep(pauseMillis);
      }
    };
  }

  /** Sends this many bytes of the body and then nothing more, on an open connection. */
  static Behaviour stallAfter(int bytes) {
    return exchange -> {
      int start = exchange.honestHead();
      exchange.body(exchange.content(), start, start + bytes);
      exchange.awaitClosing();
    };
  }

  /** Takes the request and never answers. */
  static Behaviour silence() {
    return Exchange::awaitClosing;
  }

  static Behaviour status(int status) {
    return exchange -> exchange.head(status, "Content-Length: 0");
  }

  static Behaviour redirect(Object location) {
    return exchange -> exchange.head(302, "Location: " + location, "Content-Length: 0");
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
    return exchange -> {
      int length = exchange.content().length + difference;
      if (exchange.start() >= length) {
        exchange.head(416, "Content-Range: bytes */" + length, "Content-Length: 0");
      } else {
        wholeFile(content -> Arrays.copyOf(content, length)).answer(exchange);
      }
    };
  }

  /** Announces a length that is wrong by this many bytes. */
  static Behaviour wrongLength(int difference) {
    return exchange -> {
      byte[] content = exchange.content();
      exchange.head(200, "Content-Length: " + (content.length + difference));
      exchange.body(content, 0, content.length);
    };
  }

  /** Answers a request for a range with another one. */
  static Behaviour wrongRange() {
    return exchange -> {
      byte[] content = exchange.content();
      int start = exchange.start() / 2;
      exchange.head(
          206,
          "Content-Length: " + (content.length - start),
          "Content-Range: bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
      exchange.body(content, start, content.length);
    };
  }

  private static Behaviour wholeFile(UnaryOperator<byte[]> change) {
    return exchange -> {
      byte[] content = change.apply(exchange.content().clone());
      exchange.head(200, "Content-Length: " + content.length);
      exchange.body(content, 0, content.length);
    };
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      Map<String, String> request = new HashMap<>();
      request.put("request", in.readLine());
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        request.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Behaviour behaviour;
      synchronized (requests) {
        behaviour = behaviours.get(Math.min(requests.size(), behaviours.size() - 1));
        requests.add(request);
      }
      behaviour.answer(new Exchange(request, connection.getOutputStream()));
    } catch (IOException | InterruptedException clientHasGone) {
      // That is what some clients are told to do.
    }
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    socket.close();
    threads.shutdownNow();
  }
}
