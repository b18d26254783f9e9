package journey.cnn;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Recipes beside each other, as a table. */
public final class RecipeSummary {

  private RecipeSummary() {}

  /**
   * A column for each recipe, in the map's order, and a row for each setting. Rates are those of
   * gradients averaged over a batch.
   *
   * @param recipes by the names of their columns
   */
  public static Table table(Map<String, Recipe> recipes) {
    Table table = Table.create(StringColumn.create("setting"));
    recipes.keySet().forEach(name -> table.addColumns(StringColumn.create(name)));
    Collection<Recipe> all = recipes.values();
    row(table, "epochs", all, r -> number(r.epochs()));
    row(table, "pictures in a batch", all, r -> number(r.batchSize()));
    row(table, "update rule", all, r -> rule(r.updater(), r.weightDecay()));
    row(table, "peak learning rate", all, r -> number(r.updater().getLearningRate(0, 0)));
    row(table, "weight decay", all, r -> decay(r.weightDecay()));
    row(table, "filters", all, r -> filters(r.muon()));
    row(table, "label smoothing", all, r -> number(r.labelSmoothing()));
    row(table, "moved by at most", all, r -> r.augmentation().shift() + " pixels");
    row(table, "mirrored", all, r -> r.augmentation().flip().name().toLowerCase(Locale.ROOT));
    return table;
  }

  private static void row(
      Table table, String setting, Collection<Recipe> recipes, Function<Recipe, String> value) {
    int column = 0;
    table.stringColumn(column++).append(setting);
    for (Recipe recipe : recipes) {
      table.stringColumn(column++).append(value.apply(recipe));
    }
  }

  private static String rule(IUpdater updater, Regularization decay) {
    if (updater instanceof Adam) {
      return decay instanceof WeightDecay ? "AdamW" : "Adam";
    }
    return updater instanceof Nesterovs momentum
        ? "Nesterov, momentum " + number(momentum.getMomentum())
        : updater.getClass().getSimpleName();
  }

  private static String decay(Regularization decay) {
    if (decay instanceof L2Regularization l2) {
      return number(l2.getL2().valueAt(0, 0));
    }
    return decay instanceof WeightDecay weight
        ? number(weight.getCoeff().valueAt(0, 0))
        : decay.getClass().getSimpleName();
  }

  private static String filters(MuonSettings muon) {
    return muon.on()
        ? "Muon, rate %s, momentum %s".formatted(number(muon.rate()), number(muon.momentum()))
        : "by the same rule";
  }

  /** Whole numbers as they are, others with three digits at most. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
