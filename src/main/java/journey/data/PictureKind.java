package journey.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people take for a picture, and Java cannot read: told by its first bytes, never by its name.
 *
 * @param start what those bytes match, each byte one character
 * @param name what it is called
 * @param remedy what to do
 */
record PictureKind(Pattern start, String name, String remedy) {

  /** How many bytes of a file tell. */
  static final int LENGTH = 256;

  /** HEIC and AVIF before films, whose container they share. */
  private static final List<PictureKind> KINDS =
      List.of(
          kind("....ftyp.{0,40}avi[fs]", "an AVIF picture", convert("avif")),
          kind(
              "....ftyp.{0,40}(hei[cmsx]|hev[cmsx]|mif1|msf1)",
              "a HEIC picture",
              "on a Mac: Preview, File > Export; elsewhere: `heif-convert picture.heic picture.jpg`"
                  + " or `magick picture.heic picture.jpg`. For JPEG from the next one on, on the"
                  + " iPhone: Settings > Camera > Formats > Most Compatible"),
          kind(
              "....ftypcrx |IIR[OS]|IIU\0|FUJIFILMCCD-RAW",
              "a camera's raw picture",
              "export it as JPEG with the camera's own program"),
          kind(
              "....ftyp|....moov|RIFF....AVI |\u001aE\u00df\u00a3",
              "a film",
              "save a frame as JPEG"),
          kind("\u00ff\n|....JXL ", "a JPEG XL picture", convert("jxl")),
          kind("....jP  |\u00ffO\u00ffQ", "a JPEG 2000 picture", convert("jp2")),
          kind("8BPS", "a Photoshop document", "export it as JPEG or PNG"),
          kind("%PDF", "a PDF document", "export its page or picture as PNG"),
          kind("\\s*(<\\?xml.*)?<svg", "an SVG drawing", "export it as PNG"),
          kind(
              "(?i)\\s*<(!doctype )?html",
              "a web page",
              "download the picture itself, not the page that shows it"));

  private static String convert(String name) {
    return "open it in a picture viewer and save it as JPEG, or `magick picture.%s picture.jpg`"
        .formatted(name);
  }

  private static PictureKind kind(String start, String name, String remedy) {
    return new PictureKind(Pattern.compile(start, Pattern.DOTALL), name, remedy);
  }

  /** The kind of a file that begins so; empty if it may be a picture that Java can read. */
  static Optional<PictureKind> of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return KINDS.stream().filter(kind -> kind.start.matcher(text).lookingAt()).findFirst();
  }
}
