package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import journey.data.Augmentation;
import journey.nn.LearningRateSchedule;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import tech.tablesaw.api.Table;

class RecipeSummaryTest {

  @Test
  void everyRecipeHasAColumnInOrder() {
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    recipes.put("one", Recipes.basic(2.5));
    recipes.put("two", Recipes.improved(14));
    recipes.put("three", Recipes.fast(8));
    Table table = RecipeSummary.table(recipes);
    assertEquals(List.of("setting", "one", "two", "three"), table.columnNames());
    assertEquals(List.of("2.5", "14", "8"), values(table, "epochs"));
    assertEquals(List.of("128", "128", "1,000"), values(table, "pictures in a batch"));
    assertEquals(
        List.of("AdamW", "Nesterov, momentum 0.9", "Nesterov, momentum 0.85"),
        values(table, "update rule"));
    assertEquals(List.of("0.001", "0.1", "53"), values(table, "peak learning rate"));
    assertEquals(List.of("0.01", "0.0005", "0.0000377"), values(table, "weight decay"));
    assertEquals(
        List.of("by the same rule", "by the same rule", "Muon, rate 0.17, momentum 0.775"),
        values(table, "filters"));
    assertEquals(List.of("0", "0.1", "0.2"), values(table, "label smoothing"));
    assertEquals(List.of("0 pixels", "2 pixels", "2 pixels"), values(table, "moved by at most"));
    assertEquals(List.of("random", "random", "alternating"), values(table, "mirrored"));
  }

  @Test
  void anotherRuleHasItsOwnName() {
    var recipe =
        new Recipe(
            1,
            16,
            new Sgd(0.5),
            new L2Regularization(0),
            LearningRateSchedule.constant(1),
            0,
            Augmentation.NONE,
            MuonSettings.NONE);
    Table table = RecipeSummary.table(Map.of("plain", recipe));
    assertEquals(List.of("Sgd"), values(table, "update rule"));
    assertEquals(List.of("0"), values(table, "weight decay"));
  }

  private static List<String> values(Table table, String setting) {
    var row = table.where(table.stringColumn("setting").isEqualTo(setting));
    return row.columns().stream().skip(1).map(column -> column.getString(0)).toList();
  }
}
