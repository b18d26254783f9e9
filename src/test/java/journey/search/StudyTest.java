package journey.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import journey.metrics.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class StudyTest {

  private static final Space SPACE = SpaceTest.ALL;

  @TempDir Path folder;

  private static Estimate score(Suggestion suggestion) {
    int right = (int) (1_000 * suggestion.parameters().real("dropout"));
    return Estimate.proportion(right, 1_000);
  }

  private static Study study(int trials, Objective objective) {
    return new Study("a test", new RandomSearch(SPACE, trials, 1), objective);
  }

  @Test
  void allTrialsAreInTheTableInOrder() {
    List<Integer> seen = new ArrayList<>();
    Trials trials =
        study(6, StudyTest::score).afterEach(each -> seen.add(each.list().size())).run();
    assertEquals(List.of(1, 2, 3, 4, 5, 6), seen);
    Table table = trials.table();
    assertEquals(6, table.rowCount());
    assertEquals(
        List.of("trial", "learning rate", "dropout", "width", "layers", "optimizer", "momentum"),
        table.columnNames().subList(0, 7));
    for (int row = 0; row < 6; row++) {
      assertEquals(row + 1, table.intColumn("trial").get(row));
      double score = table.doubleColumn("score").get(row);
      assertEquals(table.doubleColumn("dropout").get(row), score, 1e-3);
      assertTrue(table.doubleColumn("95 % low").get(row) < score);
      assertEquals(
          !table.stringColumn("optimizer").get(row).equals("SGD"),
          table.doubleColumn("momentum").isMissing(row));
    }
    assertEquals(table.doubleColumn("score").max(), trials.best().value());
  }

  @Test
  void aTrialThatFailsOrDivergesIsAResult() {
    Trials trials =
        study(
                4,
                s -> {
                  if (s.number() == 1) {
                    throw new IOException("no such file");
                  }
                  if (s.number() == 2) {
                    throw new OutOfMemoryError("too wide");
                  }
                  return s.number() == 3 ? new Estimate(Double.NaN, 1, null) : score(s);
                })
            .run();
    Table table = trials.table();
    assertEquals(
        List.of("FAILED", "FAILED", "DIVERGED", "DONE"), table.stringColumn("state").asList());
    assertTrue(table.stringColumn("reason").get(0).contains("no such file"));
    assertTrue(table.stringColumn("reason").get(1).contains("too wide"));
    assertTrue(table.doubleColumn("score").isMissing(2));
    assertEquals(4, trials.best().number());
  }

  @Test
  void aBrokenProgramEndsTheSearch() {
    Study study =
        study(
            4,
            s -> {
              throw new NoClassDefFoundError("journey/Missing");
            });
    var error = assertThrows(IllegalStateException.class, study::run);
    assertTrue(error.getMessage().contains("journey/Missing"), error.getMessage());
  }

  @Test
  void trialsRunAtTheSameTime() {
    var both = new CyclicBarrier(2);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Trials trials =
        study(
                8,
                s -> {
                  both.await(20, TimeUnit.SECONDS);
                  threads.add(Thread.currentThread().toString());
                  return score(s);
                })
            .in(TrialRunner.threads(2))
            .run();
    assertEquals(8, trials.list().stream().filter(Trial::isDone).count());
    assertEquals(study(8, StudyTest::score).run().best().parameters(), trials.best().parameters());
    assertThrows(IllegalArgumentException.class, () -> TrialRunner.threads(0));
  }

  @Test
  void halvingInSeveralThreadsTriesAsMuch() {
    var halving = new SuccessiveHalving(SPACE, 9, 3, 3, 1);
    Trials trials =
        new Study("halving", halving, StudyTest::score).in(TrialRunner.threads(3)).run();
    assertEquals(9 + 3 + 1, trials.list().size());
    assertEquals(1, trials.best().suggestion().resource());
  }

  @Test
  void aSearchGoesOnFromItsRecord() throws IOException {
    Path record = folder.resolve("search.jsonl");
    List<Trial> first = study(4, StudyTest::score).record(record).run().list();
    assertEquals(5, Files.readAllLines(record).size());
    var count = new AtomicInteger();
    Trials all = study(7, counting(count)).record(record).run();
    assertEquals(3, count.get());
    assertEquals(first, all.list().subList(0, 4));
    assertEquals(8, Files.readAllLines(record).size());
    assertEquals(all, study(7, counting(count)).record(record).run(), "also what was not done");
    assertEquals(3, count.get());
  }

  private static Objective counting(AtomicInteger count) {
    return s -> {
      count.incrementAndGet();
      if (s.number() == 6) {
        throw new IOException("no luck");
      }
      return score(s);
    };
  }

  @Test
  void aLineThatWasCutOffRunsAgain() throws IOException {
    Path record = folder.resolve("search.jsonl");
    List<Trial> all = study(5, StudyTest::score).record(record).run().list();
    String text = Files.readString(record);
    var count = new AtomicInteger();
    for (int end : new int[] {text.length() - 1, text.length() - 40, 10}) {
      Files.writeString(record, text.substring(0, end));
      List<Trial> again = study(5, counting(count)).record(record).run().list();
      assertEquals(
          all.stream().map(Trial::score).toList(), again.stream().map(Trial::score).toList());
    }
    assertEquals(1 + 1 + 5, count.get());
    assertEquals(6, Files.readAllLines(record).size());
  }

  @Test
  void theRecordOfAnotherSearchIsRefusedByName() throws IOException {
    Path record = folder.resolve("search.jsonl");
    study(2, StudyTest::score).record(record).run();
    String text = Files.readString(record);
    refused(record, "space", new Study("a test", new RandomSearch(other(), 2, 1), s -> null));
    refused(record, "seed", new Study("a test", new RandomSearch(SPACE, 2, 9), s -> null));
    refused(record, "searcher", new Study("a test", new BayesianSearch(SPACE, 2, 1), s -> null));
    refused(record, "name", new Study("another", new RandomSearch(SPACE, 2, 1), s -> null));
    assertEquals(text, Files.readString(record), "and is as it was");
    Files.writeString(record, "{}\n", StandardOpenOption.APPEND);
    refused(record, "line 4", study(2, StudyTest::score));
    Files.writeString(record, "not JSON\n");
    refused(record, "line 1", study(2, StudyTest::score));
    refused(folder, "a folder", study(2, StudyTest::score));
    refused(folder.resolve("none").resolve("a"), "none", study(2, StudyTest::score));
  }

  private static Space other() {
    return Space.of(Dimension.real("dropout", 0, 0.6));
  }

  private static void refused(Path record, String why, Study study) {
    var error = assertThrows(UncheckedIOException.class, () -> study.record(record).run());
    assertTrue(error.getMessage().contains(why), error.getMessage());
    assertTrue(error.getMessage().contains(record.toString()), error.getMessage());
  }

  @Test
  void aRecordIsWrittenByOneSearchAtATime() {
    Path record = folder.resolve("search.jsonl");
    study(
            1,
            s -> {
              refused(record, "still goes on", study(1, StudyTest::score));
              return score(s);
            })
        .record(record)
        .run()
        .best();
  }

  @Test
  void anInterruptLeavesWhatIsThere() throws InterruptedException {
    Path record = folder.resolve("search.jsonl");
    var third = new CountDownLatch(1);
    Study study =
        study(
            5,
            s -> {
              if (s.number() == 3) {
                third.countDown();
                // Ends early, as a training does, and knows no better than to give a score.
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
              }
              return score(s);
            });
    List<Trials> found = new ArrayList<>();
    var interruptedAfter = new AtomicBoolean(true);
    var thread =
        new Thread(
            () -> {
              found.add(study.record(record).run());
              interruptedAfter.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertTrue(third.await(20, TimeUnit.SECONDS));
    thread.interrupt();
    thread.join(20_000);
    assertEquals(2, found.get(0).list().size());
    assertFalse(interruptedAfter.get(), "the rest of a cell still runs");
    var count = new AtomicInteger();
    assertEquals(5, study(5, counting(count)).record(record).run().list().size());
    assertEquals(3, count.get());
  }

  @Test
  void crossValidationIsTheMeanOfTheFolds() throws Exception {
    Suggestion suggestion = new RandomSearch(SPACE, 1, 1).ask().orElseThrow();
    var objective = new CrossValidation(4, (s, fold) -> fold / 10.0);
    Estimate score = objective.evaluate(suggestion);
    assertEquals(0.15, score.value(), 1e-12);
    assertEquals(4, score.count());
    assertTrue(score.interval().low() < 0.15 && score.interval().high() > 0.15);
    var diverging = new CrossValidation(4, (s, fold) -> fold == 2 ? Double.NaN : 1);
    assertEquals(Trial.State.DIVERGED, Trial.of(suggestion, diverging).state());
    assertThrows(IllegalArgumentException.class, () -> new CrossValidation(1, (s, fold) -> 1.0));
  }

  @Test
  void whatTravelsIsSerializable() throws Exception {
    Suggestion suggestion = new RandomSearch(SPACE, 1, 1).ask().orElseThrow();
    Trial trial = Trial.of(suggestion, StudyTest::score);
    assertEquals(trial, copy(trial));
    var objective = new CrossValidation(2, (s, fold) -> fold);
    assertEquals(0.5, copy(objective).evaluate(suggestion).value());
  }

  private static <T> T copy(T object) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      T copy = (T) in.readObject();
      return copy;
    }
  }
}
