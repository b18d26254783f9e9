package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void isNamedInAnyCase() {
    assertEquals(Budget.STANDARD, Budget.parse(null));
    assertEquals(Budget.STANDARD, Budget.parse(" "));
    assertEquals(Budget.FULL, Budget.parse(" Full"));
    assertEquals("full", Budget.FULL.toString());
    var error = assertThrows(IllegalArgumentException.class, () -> Budget.parse("huge"));
    assertEquals(
        "JOURNEY_BUDGET is \"huge\"; it must be one of [smoke, standard, full]",
        error.getMessage());
  }
}
