package journey.plot;

import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The confidence of the latest answers, the wrong ones in another colour, with lines at 90 and 50
 * %.
 *
 * @param answers the latest, the oldest first
 * @param first the number of the oldest, counted from 1
 */
record ConfidencePanel(List<Answer> answers, int first) implements Panel {

  /** How many answers the axis has room for. */
  static final int MOST = 50;

  /** An answer, with its probability. */
  record Answer(double confidence, boolean isRight) {}

  @Override
  public void paint(Graphics2D g, int width, int height) {
    String title = "confidence of the last %d answers".formatted(MOST);
    XYChart chart = Theme.chart(width, height, title, "answer", "probability");
    var styler = chart.getStyler();
    styler.setLegendVisible(false);
    styler.setYAxisMin(0.0).setYAxisMax(1.03).setYAxisDecimalPattern("0.0");
    styler.setMarkerSize(5);
    int last = first + MOST - 1;
    Theme.wholeNumbers(chart, first, last);
    Theme.frame(chart, first, last, 0.5);
    Theme.dashed(chart, "90 %", first, 0.9, last, 0.9);
    Theme.dashed(chart, "50 %", first, 0.5, last, 0.5);
    int[] all = IntStream.range(0, answers.size()).toArray();
    Theme.line(series(chart, "confidence", all), Theme.TRAIN, SeriesMarkers.CIRCLE);
    int[] wrong = IntStream.of(all).filter(i -> !answers.get(i).isRight).toArray();
    if (wrong.length > 0) {
      XYSeries marks = series(chart, "wrong", wrong);
      marks.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      marks.setMarker(SeriesMarkers.CIRCLE);
      marks.setMarkerColor(Theme.VALIDATION);
    }
    chart.paint(g, width, height);
  }

  private XYSeries series(XYChart chart, String name, int[] positions) {
    return chart.addSeries(
        name,
        IntStream.of(positions).mapToDouble(i -> first + i).toArray(),
        IntStream.of(positions).mapToDouble(i -> answers.get(i).confidence).toArray());
  }
}
