package journey.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jsoup.nodes.Element;

/**
 * A milestone's results, as a table for the reader in which a program finds the same figures. The
 * HTML has this form, one {@code tr} in the body for each result:
 *
 * <pre>{@code
 * <table class="journey-results" data-budget="full" data-device="..." data-seconds="83.4"
 *        data-stand-in="false">
 *   <thead>...</thead>
 *   <tbody>
 *     <tr data-milestone="1" data-metric="accuracy" data-split="validation"
 *         data-value="0.9126" data-count="5000" data-low="0.90447" data-high="0.92011"
 *         data-reference="0.9130"> <td>...</td> ... </tr>
 *   </tbody>
 * </table>
 * }</pre>
 *
 * <ul>
 *   <li>{@code data-budget}: smoke, standard or full; {@code data-device}: what it ran on, in
 *       words; {@code data-seconds}: how long, in seconds; {@code data-stand-in}: whether the
 *       pictures were generated ones, {@code true} or {@code false}.
 *   <li>{@code data-milestone}: its number; {@code data-metric}: what was measured; {@code
 *       data-split}: on train, validation or test; no two rows have both alike.
 *   <li>{@code data-value}, {@code data-count}: the figure and the number of examples it rests on;
 *       {@code data-low}, {@code data-high}: its 95 % interval, both absent where there is none;
 *       {@code data-reference}: the figure to compare with, absent where there is none.
 * </ul>
 *
 * Numbers are in full precision with a decimal point; the cells show four decimals.
 */
public final class MilestoneResults {

  private final int milestone;
  private final List<Result> results = new ArrayList<>();

  private record Result(String metric, String split, Estimate estimate, Double reference) {

    String name() {
      return "%s (%s)".formatted(metric, split);
    }
  }

  /** No results yet of this milestone, counted from 1. */
  public MilestoneResults(int milestone) {
    this.milestone = milestone;
  }

  /**
   * Adds a result without a reference figure.
   *
   * @param metric what was measured, such as {@code accuracy}
   * @param split on which part of the data, such as {@code validation}
   * @return these results
   * @throws IllegalArgumentException if the figure is not defined or the metric is there already
   */
  public MilestoneResults add(String metric, String split, Estimate estimate) {
    return add(metric, split, estimate, null);
  }

  /**
   * Adds a result.
   *
   * @param metric what was measured, such as {@code accuracy}
   * @param split on which part of the data, such as {@code validation}
   * @param reference the figure to compare with, or null if there is none
   * @return these results
   * @throws IllegalArgumentException if the figure is not defined or the metric is there already
   */
  public MilestoneResults add(String metric, String split, Estimate estimate, Double reference) {
    var result = new Result(metric, split, estimate, reference);
    String name = result.name();
    if (!Double.isFinite(estimate.value())) {
      throw new IllegalArgumentException(
          "\"%s\" is %s on %d examples; a result must be a number"
              .formatted(name, estimate.value(), estimate.count()));
    }
    if (results.stream().map(Result::name).anyMatch(name::equals)) {
      throw new IllegalArgumentException("there is a result \"%s\" already".formatted(name));
    }
    results.add(result);
    return this;
  }

  /**
   * The table as HTML.
   *
   * @param budget smoke, standard or full
   * @param device what it ran on, in words
   * @param seconds how long it took, in seconds
   * @param standIn whether the pictures were generated ones, so that no figure is comparable
   */
  public String html(String budget, String device, double seconds, boolean standIn) {
    var table =
        new Element("table")
            .addClass("journey-results")
            .attr("data-budget", Objects.requireNonNull(budget, "budget"))
            .attr("data-device", Objects.requireNonNull(device, "device"))
            .attr("data-seconds", String.format(Locale.ROOT, "%.1f", seconds))
            .attr("data-stand-in", Boolean.toString(standIn));
    var head = table.appendElement("thead").appendElement("tr");
    cell(head, "th", "metric", "left");
    cell(head, "th", "measured on", "left");
    for (String title : List.of("ours", "95 % interval", "count", "reference")) {
      cell(head, "th", title, "right");
    }
    var body = table.appendElement("tbody");
    results.forEach(result -> body.appendChild(row(result)));
    return CompactHtml.of(table.outerHtml());
  }

  private Element row(Result result) {
    Estimate estimate = result.estimate();
    Interval interval = estimate.interval();
    var row =
        new Element("tr")
            .attr("data-milestone", Integer.toString(milestone))
            .attr("data-metric", result.metric())
            .attr("data-split", result.split())
            .attr("data-value", Double.toString(estimate.value()))
            .attr("data-count", Long.toString(estimate.count()));
    if (interval != null) {
      row.attr("data-low", Double.toString(interval.low()));
      row.attr("data-high", Double.toString(interval.high()));
    }
    if (result.reference() != null) {
      row.attr("data-reference", Double.toString(result.reference()));
    }
    cell(row, "td", result.metric(), "left");
    cell(row, "td", result.split(), "left");
    cell(row, "td", fourDecimals(estimate.value()), "right")
        .attr("style", "text-align:right;font-weight:bold");
    cell(row, "td", interval == null ? Estimate.UNDEFINED : interval.toString(), "right");
    cell(row, "td", String.format(Locale.ROOT, "%,d", estimate.count()), "right");
    cell(
        row,
        "td",
        result.reference() == null ? Estimate.UNDEFINED : fourDecimals(result.reference()),
        "right");
    return row;
  }

  private static Element cell(Element row, String tag, String text, String align) {
    return row.appendElement(tag).text(text).attr("style", "text-align:" + align);
  }

  private static String fourDecimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
