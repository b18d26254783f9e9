package journey.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * A hyper-parameter and the values it may have. Each value has a place from 0 to 1, where equal
 * distances matter equally: on a logarithmic scale from 0.001 to 0.1 the place of 0.01 is 0.5.
 *
 * @param name what it is called, such as {@code learning rate}
 * @param low its lowest number; of options, which are numbered from 0, this is 0
 * @param high its highest number
 * @param logarithmic whether ratios matter, not differences
 * @param whole whether only whole numbers count
 * @param options the options of a choice; empty for a number
 * @param choice the earlier choice that this dimension depends on, or null
 * @param option the option of that choice with which it applies, or null
 */
public record Dimension(
    String name,
    double low,
    double high,
    boolean logarithmic,
    boolean whole,
    List<String> options,
    String choice,
    String option) {

  /**
   * A dimension; the methods below make them more easily.
   *
   * @throws IllegalArgumentException unless {@code low < high} and both are finite, and positive if
   *     the dimension is logarithmic; or if two options are the same
   */
  public Dimension {
    options = List.copyOf(options);
    if (!(low < high && Double.isFinite(high - low) && (low > 0 || !logarithmic))
        || options.stream().distinct().count() < options.size()) {
      throw new IllegalArgumentException(
          "\"%s\" needs finite numbers, low < high, positive if ratios matter, or two or more different options, but has %s to %s, %s"
              .formatted(name, low, high, options));
    }
  }

  /** A real number from {@code low} to {@code high}. */
  public static Dimension real(String name, double low, double high) {
    return new Dimension(name, low, high, false, false, List.of(), null, null);
  }

  /** A positive number of which ratios matter, such as a learning rate. */
  public static Dimension logarithmic(String name, double low, double high) {
    return new Dimension(name, low, high, true, false, List.of(), null, null);
  }

  /** A whole number from {@code low} to {@code high}. */
  public static Dimension whole(String name, int low, int high) {
    return new Dimension(name, low, high, false, true, List.of(), null, null);
  }

  /** A positive whole number of which ratios matter, such as the width of a layer. */
  public static Dimension wholeLogarithmic(String name, int low, int high) {
    return new Dimension(name, low, high, true, true, List.of(), null, null);
  }

  /** One of several options without an order. */
  public static Dimension choice(String name, String... options) {
    return new Dimension(
        name, 0, options.length - 1, false, true, Arrays.asList(options), null, null);
  }

  /**
   * This dimension where an earlier choice has that option, such as a momentum where the optimizer
   * is SGD; elsewhere the parameters lack it.
   */
  public Dimension when(String choice, String option) {
    return new Dimension(name, low, high, logarithmic, whole, options, choice, option);
  }

  /** Whether one of several options is chosen, not a number. */
  public boolean isChoice() {
    return !options.isEmpty();
  }

  /** Whether it applies beside these values of earlier dimensions. */
  boolean appliesTo(Map<String, Object> earlier) {
    return choice == null || option.equals(earlier.get(choice));
  }

  /** The value at a place from 0 to 1. */
  Object at(double place) {
    return value(numberAt(place, margin()));
  }

  /** The place of a value; {@link #at} gives the value back. */
  double place(Object value) {
    double first = low - margin();
    double last = high + margin();
    double number = number(value);
    return logarithmic
        ? Math.log(number / first) / Math.log(last / first)
        : (number - first) / (last - first);
  }

  /** So many values evenly spread from end to end, or all there are. */
  List<Object> grid(int points) {
    int count = isChoice() ? options.size() : points;
    return IntStream.range(0, count)
        .mapToObj(i -> value(numberAt(count == 1 ? 0.5 : i / (count - 1.0), 0)))
        .distinct()
        .toList();
  }

  /** The ends of whole numbers reach half a step further, to be as likely as the others. */
  private double margin() {
    return whole ? 0.5 : 0;
  }

  private double numberAt(double place, double margin) {
    double first = low - margin;
    double last = high + margin;
    return logarithmic ? first * Math.pow(last / first, place) : first + place * (last - first);
  }

  private Object value(double number) {
    double within = Math.min(high, Math.max(low, number));
    if (!whole) {
      return within;
    }
    int rounded = (int) Math.rint(within);
    return isChoice() ? options.get(rounded) : (Object) rounded;
  }

  private double number(Object value) {
    return isChoice() ? options.indexOf(value) : ((Number) value).doubleValue();
  }

  /**
   * A value that was written as JSON, where all numbers are alike.
   *
   * @throws IllegalArgumentException if it is none of this dimension's values
   */
  Object read(Object json) {
    if (isChoice() ? json instanceof String && options.contains(json) : json instanceof Number) {
      Object value = value(number(json));
      if (number(value) == number(json)) {
        return value;
      }
    }
    throw new IllegalArgumentException("%s cannot be %s".formatted(this, json));
  }

  /**
   * A value as coordinates for distances, each from 0 to 1: its place, and of a choice one
   * coordinate an option, so that all options are equally far from each other.
   *
   * @param value a value, or null where the dimension does not apply
   */
  double[] features(Object value) {
    if (isChoice()) {
      // The distance between two options is 1, as between the ends of a scale.
      return options.stream().mapToDouble(o -> o.equals(value) ? Math.sqrt(0.5) : 0).toArray();
    }
    return new double[] {value == null ? 0.5 : place(value)};
  }

  /** A table's column for its values, without rows. */
  Column<?> column() {
    if (isChoice()) {
      return StringColumn.create(name);
    }
    return whole ? IntColumn.create(name) : DoubleColumn.create(name);
  }

  /** Such as {@code learning rate from 1.0E-4 to 0.1, logarithmic}. */
  @Override
  public String toString() {
    String values =
        isChoice()
            ? "one of " + options
            : "%sfrom %s to %s%s"
                .formatted(whole ? "whole " : "", low, high, logarithmic ? ", logarithmic" : "");
    return name
        + " "
        + values
        + (choice == null ? "" : " where %s is %s".formatted(choice, option));
  }
}
