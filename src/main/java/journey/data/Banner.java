package journey.data;

/** What a notebook says of its data, as HTML: a line, or for a stand-in a large warning. */
final class Banner {

  private Banner() {}

  /**
   * The banner.
   *
   * @param name what the data set is called
   * @param description what it is and where it comes from, in plain text
   */
  static String html(String name, String description, boolean isStandIn) {
    String html = description.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return isStandIn
        ? "<div role=\"alert\" style=\"background:#b00020;color:#ffffff;border:6px solid #ffb300;"
            + "padding:16px 20px;font-size:150%;line-height:1.4\"><strong>NOT "
            + name
            + "</strong><br>"
            + html
            + "</div>"
        : "<div style=\"color:#555555\">" + html + "</div>";
  }
}
