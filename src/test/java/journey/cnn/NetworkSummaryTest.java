package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import journey.data.Cifar10;
import journey.data.ImageShape;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class NetworkSummaryTest {

  @Test
  void everyLayerOfTheBasicNetwork() {
    Table table =
        NetworkSummary.table(new BasicCnn(32).network(Recipes.basic(1), 1), Cifar10.SHAPE);
    assertEquals(
        List.of("conv1", "pool1", "conv2", "pool2", "dense1", "output", "total"),
        table.stringColumn("layer").asList());
    assertEquals(
        List.of(
            "convolution 3x3",
            "max pooling 2x2",
            "convolution 3x3",
            "max pooling 2x2",
            "dense",
            "output, softmax",
            ""),
        table.stringColumn("kind").asList());
    assertEquals(
        List.of("32 x 32 x 32", "32 x 16 x 16", "64 x 16 x 16", "64 x 8 x 8", "128", "10", ""),
        table.stringColumn("output shape").asList());
    assertEquals(
        List.of(896L, 0L, 18_496L, 0L, 524_416L, 1_290L, 545_098L),
        table.longColumn("parameters").asList());
    assertEquals(
        List.of(884_736L, 0L, 4_718_592L, 0L, 524_288L, 1_280L, 6_128_896L),
        table.longColumn("multiply-adds").asList());
  }

  /**
   * 288 + 24, then 13,824 + 36,864 + 147,456 + 3 x 589,824, norms 2 x (2 x 64 + 4 x 256), 2,560.
   */
  @Test
  void sumsOfTheFastNetwork() {
    Table table = NetworkSummary.table(new FastCnn(64).network(Recipes.fast(10), 1), Cifar10.SHAPE);
    int total = table.rowCount() - 1;
    assertEquals(1_972_792L, table.longColumn("parameters").get(total));
    assertEquals(118_147_360L, table.longColumn("multiply-adds").get(total));
    assertEquals("24 x 31 x 31", table.stringColumn("output shape").get(0));
    assertEquals("gelu", table.stringColumn("kind").get(1));
    assertEquals("batch norm", table.stringColumn("kind").get(4));
  }

  @Test
  void whatIsFrozenIsCalledSo() {
    var base = new ResidualCnn(2).network(Recipes.residual(1), 1);
    var graph = new TransferredCnn(base, 2, 0).network(Recipes.residual(1), 1);
    Table table = NetworkSummary.table(graph, Cifar10.SHAPE);
    List<String> kinds = table.stringColumn("kind").asList();
    assertEquals("convolution 3x3, frozen", kinds.get(0));
    assertTrue(kinds.contains("add, frozen"), kinds::toString);
    assertEquals(List.of("output, softmax", ""), kinds.subList(kinds.size() - 2, kinds.size()));
  }

  @Test
  void sizesFollowTheInput() {
    var digits = new ImageShape(1, 28);
    var graph = new BasicCnn(digits, 10, 2).network(Recipes.basic(1), 1);
    Table table = NetworkSummary.table(graph, digits);
    assertEquals(
        List.of("2 x 28 x 28", "2 x 14 x 14", "4 x 14 x 14", "4 x 7 x 7", "8", "10", ""),
        table.stringColumn("output shape").asList());
    assertEquals(9 * 2 * 28 * 28, table.longColumn("multiply-adds").get(0));
  }

  @Test
  void aSumHasARowOfItsOwn() {
    Table table =
        NetworkSummary.table(new ResidualCnn(2).network(Recipes.residual(1), 1), Cifar10.SHAPE);
    Table sums = table.where(table.stringColumn("kind").isEqualTo("add"));
    assertEquals(List.of("add1", "add2"), sums.stringColumn("layer").asList());
    assertEquals(List.of("4 x 16 x 16", "16 x 4 x 4"), sums.stringColumn("output shape").asList());
  }
}
