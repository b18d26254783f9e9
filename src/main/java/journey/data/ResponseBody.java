package journey.data;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an HTTP response, taken chunk by chunk. Unlike an input stream it neither waits for
 * ever for a server that has gone quiet nor overlooks an interrupt.
 */
final class ResponseBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

  @FunctionalInterface
  private interface Signal {
    Optional<List<ByteBuffer>> deliver() throws IOException;
  }

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Duration patience;
  private volatile Flow.Subscription subscription;

  /**
   * @param patience how long the server may send nothing
   */
  ResponseBody(Duration patience) {
    this.patience = patience;
  }

  /**
   * The next bytes, or nothing at the end.
   *
   * @throws HttpTimeoutException if none come for too long
   * @throws IOException if the connection breaks
   */
  Optional<List<ByteBuffer>> next() throws IOException, InterruptedException {
    Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (signal == null) {
      throw new HttpTimeoutException(
          "sent nothing for %.1f seconds".formatted(patience.toMillis() / 1000.0));
    }
    Optional<List<ByteBuffer>> chunk = signal.deliver();
    if (chunk.isPresent()) {
      subscription.request(1);
    }
    return chunk;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> chunk) {
    signals.add(() -> Optional.of(chunk));
  }

  @Override
  public void onComplete() {
    signals.add(Optional::empty);
  }

  @Override
  public void onError(Throwable problem) {
    signals.add(
        () -> {
          throw new IOException("the connection broke: " + problem.getMessage(), problem);
        });
  }

  /** Lets the connection go. */
  @Override
  public void close() {
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }
}
