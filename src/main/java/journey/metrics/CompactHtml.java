package journey.metrics;

import java.util.regex.Pattern;

/** HTML on one line: a kernel shows its source where nothing can render it. */
final class CompactHtml {

  private static final Pattern BETWEEN_TAGS = Pattern.compile(">\\s+<");

  private CompactHtml() {}

  /** The same without the line breaks and the indentation between tags. */
  static String of(String html) {
    return BETWEEN_TAGS.matcher(html.strip()).replaceAll("><");
  }
}
