package journey.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

class AccelerationTest {

  /** Where it is off, the tests that hold it to its word skip themselves. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void isOnWherePeopleNeedIt() {
    assumeTrue(Nd4j.getEnvironment().isCPU());
    assumeTrue(System.getProperty(Acceleration.PROPERTY) == null);
    assertTrue(Acceleration.detect().on(), Acceleration.detect()::toString);
  }
}
