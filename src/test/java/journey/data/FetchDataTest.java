package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FetchDataTest {

  private static final URI NOBODY = URI.create("http://127.0.0.1:9/small.tar.gz");

  @TempDir Path home;

  @Test
  void saysInOneLineWhatThereIs() throws Exception {
    new SmallCifar().home(home, NOBODY);
    new SmallCifar().unpackInto(home.resolve("data"));
    ChildProcess.Result result = ChildProcess.start(home, "").end();
    assertEquals(0, result.status(), result.output());
    assertEquals(1, result.output().lines().count(), result.output());
    assertTrue(result.output().startsWith("CIFAR-10: 100 training"), result.output());
  }

  @Test
  void failsInWordsOnDamagedData() throws Exception {
    new SmallCifar().home(home, NOBODY);
    Path folder = new SmallCifar().unpackInto(home.resolve("data"));
    Files.write(folder.resolve("data_batch_1.bin"), new byte[3]);
    ChildProcess.Result result = ChildProcess.start(home, "").end();
    assertEquals(1, result.status(), result.output());
    assertTrue(result.output().startsWith("Cannot use " + folder), result.output());
    assertFalse(result.output().contains("\tat "), result.output());
  }

  @Test
  void warnsOfTheStandIn() throws Exception {
    new SmallCifar().home(home, NOBODY);
    ChildProcess.Result result = ChildProcess.start(home, "stand-in").end();
    assertEquals(0, result.status(), result.output());
    assertTrue(result.output().contains("NOT the pictures of CIFAR-10"), result.output());
    assertTrue(result.output().startsWith("!!!!"), result.output());
  }
}
