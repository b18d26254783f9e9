package journey.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.cnn.CnnClassifier;
import journey.cnn.PicturePrediction;
import journey.cnn.Workers;
import journey.nn.DivergedException;
import journey.search.TrialRunner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.LoggerFactory;

/**
 * Workers of Apache Spark, each a process that computes on one core, on this machine or others.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.at("spark://127.0.0.1:7077", 2)) {
 *   study.in(cluster.trials()).run();
 *   new AveragedTraining(architecture, recipe, seed, cluster.workers()).fit(train, validation);
 * }
 * }</pre>
 *
 * <p>The masters are Spark's: {@code spark://host:port} for a cluster that {@code
 * environment/cluster} has started, and {@code local[2]} for tasks in threads of this process,
 * which is for trying out. Workers get this process's class path, JVM options and variables, so
 * they need the project and its libraries in the same folders.
 *
 * <p>A process can have one at a time.
 */
public final class Cluster implements AutoCloseable {

  private static final String OF_SPARK = "spark://";
  private static final String HEAP = "1g";
  private static final int SECONDS_TO_COME = 60;
  private static final int MILLIS_TO_ANSWER = 3000;
  private static final List<String> VARIABLES =
      List.of("JOURNEY_", "MALLOC_", "GOMP_", "OPENBLAS_", "ONEDNN_");

  private final JavaSparkContext context;
  private final String master;
  private final int size;

  private Cluster(JavaSparkContext context, String master, int size) {
    this.context = context;
    this.master = master;
    this.size = size;
  }

  /**
   * Asks a master for workers, and waits until they have come.
   *
   * @param master such as {@code spark://host:port} or {@code local[*]}
   * @param workers how many, at least 1
   * @throws IllegalArgumentException if there is no worker
   * @throws IllegalStateException if there is no such master, or it has not as many workers
   */
  public static Cluster at(String master, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("expected at least 1 worker, but found " + workers);
    }
    requireAnswer(master);
    // What becomes of workers is seen in results and exceptions.
    ((Logger) LoggerFactory.getLogger("org.apache.spark")).setLevel(Level.OFF);
    var cluster =
        new Cluster(new JavaSparkContext(configuration(master, workers)), master, workers);
    try {
      cluster.awaitWorkers();
      return cluster;
    } catch (RuntimeException problem) {
      cluster.close();
      throw problem;
    }
  }

  /** Spark itself would wait for a minute. */
  private static void requireAnswer(String master) {
    if (!master.startsWith(OF_SPARK)) {
      return;
    }
    URI uri = URI.create(master);
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), MILLIS_TO_ANSWER);
    } catch (IOException | IllegalArgumentException problem) {
      throw new IllegalStateException(
          "nothing answers at %s (%s): expected spark://host:port of a master. environment/cluster start starts one"
              .formatted(master, problem.getMessage()),
          problem);
    }
  }

  private static SparkConf configuration(String master, int workers) {
    var conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("journey")
            .set("spark.ui.enabled", "false")
            .set("spark.cores.max", "" + workers)
            .set("spark.executor.cores", "1")
            .set("spark.executor.memory", HEAP)
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", options())
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            // A shard had better wait for nobody: any worker can take it up.
            .set("spark.locality.wait", "0s");
    System.getenv()
        .forEach(
            (name, value) -> {
              if (VARIABLES.stream().anyMatch(name::startsWith)) {
                conf.set("spark.executorEnv." + name, value);
              }
            });
    if (isHere(master)) {
      conf.set("spark.driver.host", "127.0.0.1");
    }
    return conf;
  }

  /** The properties and the access to modules that this process was started with. */
  private static String options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-D") || option.startsWith("--"))
        .map(option -> '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(" "));
  }

  /** Whether all is on this machine, so that no other needs to know how to reach it. */
  private static boolean isHere(String master) {
    try {
      return master.startsWith("local")
          || master.startsWith(OF_SPARK)
              && InetAddress.getByName(URI.create(master).getHost()).isLoopbackAddress();
    } catch (IOException unknown) {
      return false;
    }
  }

  private void awaitWorkers() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_COME);
    while (!master.startsWith("local[") && came() < size) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s has given %d workers of the %d wanted, with one core and %s of memory each. Ask for fewer, or start more: environment/cluster start --workers %d"
                .formatted(master, came(), size, HEAP, size));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while workers were awaited", stopped);
      }
    }
  }

  /** The driver counts as one of Spark's executors. */
  private int came() {
    return context.statusTracker().getExecutorInfos().length - 1;
  }

  /** How many workers were asked for; tasks for others wait. */
  public int size() {
    return size;
  }

  /** Where the trials of a search can run: each is a task. A lost worker's trial runs again. */
  public TrialRunner trials() {
    return new SparkTrials(this);
  }

  /** Who can train the shards of an {@link journey.cnn.AveragedTraining}. */
  public Workers workers() {
    return new SparkWorkers(this);
  }

  /**
   * What pictures show.
   *
   * @param pictures files that all workers can read under these paths
   * @return one for each, in the same order
   * @throws IOException if the classifier cannot be written to a temporary file
   * @throws InterruptedException if the thread is interrupted
   */
  public List<PicturePrediction> predict(CnnClassifier classifier, List<Path> pictures)
      throws IOException, InterruptedException {
    return new PicturePredictions(this).of(classifier, pictures);
  }

  /** The process id of each worker; of the same process, where tasks are its threads. */
  public List<Long> processes() throws InterruptedException {
    List<Integer> tasks = IntStream.range(0, 8 * size).boxed().toList();
    return run(
            () ->
                context
                    .parallelize(tasks, tasks.size())
                    .map(
                        task -> {
                          Thread.sleep(20); // So that no worker is done before the others begin.
                          return ProcessHandle.current().pid();
                        })
                    .collect())
        .stream()
        .distinct()
        .sorted()
        .toList();
  }

  JavaSparkContext context() {
    return context;
  }

  /**
   * Runs a job of this thread.
   *
   * @throws InterruptedException if the thread is interrupted; the job's tasks are too
   * @throws DivergedException if that is why a task failed
   */
  <T> T run(Supplier<T> job) throws InterruptedException {
    String group = UUID.randomUUID().toString();
    context.setJobGroup(group, "journey", true);
    try {
      return job.get();
    } catch (Exception problem) { // Scala's methods throw what they do not declare.
      context.cancelJobGroup(group);
      for (Throwable each : causes(problem)) {
        if (each instanceof InterruptedException) {
          throw new InterruptedException(each.getMessage());
        }
        if (each instanceof DivergedException diverged) {
          throw diverged;
        }
      }
      throw problem;
    } finally {
      context.clearJobGroup();
    }
  }

  private static List<Throwable> causes(Throwable problem) {
    return Stream.iterate(problem, each -> each != null, Throwable::getCause).toList();
  }

  /** Sends the workers home. */
  @Override
  public void close() {
    context.close();
  }

  /** For a notebook: {@code 2 workers at spark://127.0.0.1:7077, Spark 4.2.0}. */
  @Override
  public String toString() {
    return "%d %s at %s, Spark %s"
        .formatted(size, size == 1 ? "worker" : "workers", master, context.version());
  }
}
