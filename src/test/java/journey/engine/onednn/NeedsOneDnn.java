package journey.engine.onednn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;

/** A test that is skipped where oneDNN cannot be loaded. */
interface NeedsOneDnn {

  @BeforeEach
  default void onlyWhereThereIsOneDnn() {
    try {
      OneDnn.describe();
    } catch (LinkageError e) {
      assumeTrue(false, e::toString);
    }
  }
}
