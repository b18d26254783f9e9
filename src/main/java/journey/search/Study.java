package journey.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import journey.progress.Progress;

/**
 * A search from its first trial to its last: asks a searcher what to try, runs it, tells the
 * searcher what came of it. A bar shows how far it is, the best score so far, and the time left.
 *
 * <pre>{@code
 * var study = new Study("rate and width", new BayesianSearch(space, 50, 1), objective);
 * Trials trials = study.in(TrialRunner.threads(2)).record(Path.of("search.jsonl")).run();
 * }</pre>
 *
 * <p>When its thread is interrupted, the trials under way are interrupted and forgotten, and those
 * that have ended are the result. With a record, another study of the same name, space, searcher
 * and seed goes on from there, also after its process was killed.
 */
public final class Study {

  private static final int SECONDS_TO_END = 30;

  private final String name;
  private final Searcher searcher;
  private final Objective objective;
  private final List<Trial> ended = new ArrayList<>();
  private TrialRunner runner = TrialRunner.threads(1);
  private Path path;
  private Consumer<Trials> listener = trials -> {};

  /**
   * A study whose trials run here, one after the other.
   *
   * @param name what is searched for, in a word or two
   */
  public Study(String name, Searcher searcher, Objective objective) {
    this.name = name;
    this.searcher = searcher;
    this.objective = objective;
  }

  /**
   * Sets where the trials run.
   *
   * @return this study
   */
  public Study in(TrialRunner where) {
    this.runner = where;
    return this;
  }

  /**
   * Sets the file that each trial is written to, and that the search goes on from if it is there.
   * It may have fewer or more trials than this search makes.
   *
   * @return this study
   */
  public Study record(Path file) {
    this.path = file;
    return this;
  }

  /**
   * Sets what is done after each trial, such as drawing a figure.
   *
   * @return this study
   */
  public Study afterEach(Consumer<Trials> listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Searches. To be called once.
   *
   * @return all trials that have ended, also those of the record
   * @throws UncheckedIOException if the record is one of another search, or cannot be read or
   *     written
   * @throws IllegalStateException if a trial could not be run at all; an objective's exception only
   *     makes a trial that failed
   */
  public Trials run() {
    try (StudyRecord record = open()) {
      if (record != null) {
        record.trials().forEach(this::take);
      }
      try (var progress = Progress.of(name, searcher.trials(), " trials", ended.size())) {
        show(progress);
        conduct(record, progress);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem.getMessage(), problem);
    }
    return trials();
  }

  private StudyRecord open() throws IOException {
    if (path == null) {
      return null;
    }
    Map<String, String> heading = new LinkedHashMap<>();
    heading.put("name", name);
    heading.put("searcher", searcher.toString());
    heading.put("seed", Long.toString(searcher.seed()));
    heading.put("space", searcher.space().toString());
    return StudyRecord.open(path, heading, searcher.space());
  }

  private void conduct(StudyRecord record, Progress progress) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(runner.atOnce(), Study::daemon);
    CompletionService<Trial> underWay = new ExecutorCompletionService<>(threads);
    try {
      int running = submit(underWay, runner.atOnce());
      while (running > 0) {
        Trial trial = underWay.take().get();
        take(trial);
        if (record != null) {
          record.add(trial);
        }
        if (!trial.isDone()) {
          progress.say("trial %d: %s".formatted(trial.number(), trial.reason()));
        }
        progress.step();
        show(progress);
        listener.accept(trials());
        running += submit(underWay, runner.atOnce() - running + 1) - 1;
      }
    } catch (InterruptedException stopped) {
      progress.say("stopped after %d of %d trials".formatted(ended.size(), searcher.trials()));
    } catch (ExecutionException problem) {
      throw new IllegalStateException("a trial could not be run: " + problem, problem.getCause());
    } finally {
      end(threads, progress);
    }
  }

  /** Begins as many trials as there is room for; how many that are. */
  private int submit(CompletionService<Trial> underWay, int room) {
    for (int begun = 0; begun < room; begun++) {
      Optional<Suggestion> next = searcher.ask();
      if (next.isEmpty()) {
        return begun;
      }
      underWay.submit(() -> runner.run(next.get(), objective));
    }
    return room;
  }

  private void take(Trial trial) {
    searcher.tell(trial);
    ended.add(trial);
  }

  private void show(Progress progress) {
    trials()
        .findBest()
        .ifPresent(best -> progress.message(String.format(Locale.ROOT, "best %.4f", best.value())));
  }

  private Trials trials() {
    return new Trials(searcher.space(), ended);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "trial");
    thread.setDaemon(true);
    return thread;
  }

  private static void end(ExecutorService threads, Progress progress) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        progress.say(
            "a trial goes on in the background: it does not look whether it is interrupted");
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }
}
