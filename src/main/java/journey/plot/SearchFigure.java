package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import journey.metrics.LearningRate;
import journey.metrics.LearningRateSearch;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How the validation accuracy of several optimisers depends on the learning rate, which has a
 * logarithmic axis. The best of each optimiser stands in the legend and has a large marker.
 * Trainings that diverged have no point.
 */
public final class SearchFigure {

  private static final int HEIGHT = 420;
  private static final int SMALL = 6;
  private static final int NARROWEST_TICK = 60;

  /** About how much room the axis has beside the legend. */
  private static final int PLOT_WIDTH = 520;

  private SearchFigure() {}

  /**
   * The picture.
   *
   * @throws IllegalArgumentException if nothing was tried, an optimiser diverged every time, or
   *     there are more of them than colours
   */
  public static BufferedImage draw(LearningRateSearch search) {
    List<String> optimisers = search.optimisers();
    if (optimisers.isEmpty() || optimisers.size() > Theme.groups()) {
      throw new IllegalArgumentException(
          "the picture shows 1 to %d optimisers, but there are %s"
              .formatted(Theme.groups(), optimisers));
    }
    XYChart chart = Theme.chart(Theme.WIDTH, HEIGHT, "", "learning rate", "validation accuracy");
    prepare(chart, search);
    for (int i = 0; i < optimisers.size(); i++) {
      addCurve(chart, search, optimisers.get(i), Theme.ofGroup(i));
    }
    return Theme.sideBySide(List.of(chart));
  }

  private static void prepare(XYChart chart, LearningRateSearch search) {
    double[] exponents =
        search.optimisers().stream()
            .flatMapToDouble(name -> Arrays.stream(search.learningRates(name)))
            .map(Math::log10)
            .sorted()
            .toArray();
    LogAxis axis = LogAxis.around(exponents[0], exponents[exponents.length - 1]);
    var styler = chart.getStyler();
    Theme.legendRight(chart);
    styler.setXAxisMin((double) axis.low()).setXAxisMax((double) axis.high());
    styler.setXAxisTickMarkSpacingHint(
        Math.max(NARROWEST_TICK, Theme.tickSpacing(PLOT_WIDTH, axis.high() - axis.low())));
    styler.setXAxisTickLabelsFormattingFunction(SearchFigure::decade);
    styler.setMarkerSize(SMALL);
    styler.setYAxisDecimalPattern("0.00");
    double level = search.bestAccuracy(search.optimisers().get(0));
    Theme.frame(chart, axis.low(), axis.high(), level);
  }

  private static void addCurve(
      XYChart chart, LearningRateSearch search, String optimiser, Color colour) {
    double[] rates = search.learningRates(optimiser);
    double[] accuracies = search.accuracies(optimiser);
    int[] tried =
        IntStream.range(0, rates.length).filter(i -> !Double.isNaN(accuracies[i])).toArray();
    double best = search.best(optimiser);
    String legend =
        String.format(
            Locale.ROOT,
            "%s: %.3f at %s",
            optimiser,
            search.bestAccuracy(optimiser),
            LearningRate.text(best));
    XYSeries curve =
        chart.addSeries(
            legend,
            IntStream.of(tried).mapToDouble(i -> Math.log10(rates[i])).toArray(),
            IntStream.of(tried).mapToDouble(i -> accuracies[i]).toArray());
    Theme.line(curve, colour, SeriesMarkers.CIRCLE);
    XYSeries mark =
        chart.addSeries(
            "best of " + optimiser,
            new double[] {Math.log10(best)},
            new double[] {search.bestAccuracy(optimiser)});
    mark.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    mark.setMarker(new Ring());
    mark.setMarkerColor(colour);
    mark.setShowInLegend(false);
  }

  private static String decade(double exponent) {
    return exponent == Math.rint(exponent) ? LearningRate.text(Math.pow(10, exponent)) : "";
  }
}
