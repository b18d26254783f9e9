package journey.data;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * What ImageIO's readers pass over: how the camera was held, which colours a PNG's numbers mean,
 * and whether the file is whole.
 *
 * @param orientation how the camera was held
 * @param profile the colours that the numbers mean; null for sRGB, or if the reader has seen to it
 */
record PictureNotes(Orientation orientation, ICC_Profile profile) {

  /**
   * Reads the notes in a file.
   *
   * @param reader the reader of the file's format, at work on this file
   * @throws EOFException if the file is cut off
   * @throws IIOException if a checksum is wrong
   */
  static PictureNotes of(byte[] file, ImageReader reader) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    if (format.equals("png")) {
      return ofPng(ByteBuffer.wrap(file));
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Orientation orientation =
        switch (format) {
          case "jpeg", "jpg" -> ofJpeg(reader);
          case "tiff", "tif" -> ofTiff(bytes);
          case "webp" -> ofWebp(bytes);
          case "bmp" -> ofBmp(bytes);
          default -> Orientation.TOP_LEFT;
        };
    return new PictureNotes(orientation, null);
  }

  /** Turns a picture upright, and its colours into sRGB. */
  BufferedImage applyTo(BufferedImage picture) {
    return ExifFilterUtils.getFilterForOrientation(orientation).apply(inSrgb(picture));
  }

  private BufferedImage inSrgb(BufferedImage picture) {
    if (profile == null) {
      return picture;
    }
    var srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    var result = new BufferedImage(picture.getWidth(), picture.getHeight(), picture.getType());
    new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null)
        .filter(picture.getRaster(), result.getRaster());
    return result;
  }

  private static PictureNotes ofPng(ByteBuffer file) throws IOException {
    Orientation orientation = Orientation.TOP_LEFT;
    ICC_Profile profile = null;
    var sum = new CRC32();
    next(file, 8);
    for (String name = ""; !name.equals("IEND"); ) {
      ByteBuffer chunk = next(file, next(file, 4).getInt() + 4L);
      sum.reset();
      sum.update(chunk.duplicate());
      if (next(file, 4).getInt() != (int) sum.getValue()) {
        throw new IIOException("a checksum is wrong");
      }
      name = name(chunk);
      if (name.equals("eXIf")) {
        orientation = ofTiff(chunk);
      } else if (name.equals("iCCP")) {
        profile = profile(chunk);
      }
    }
    return new PictureNotes(orientation, profile);
  }

  /** Before the profile stand its name, a zero, and the kind of compression. */
  private static ICC_Profile profile(ByteBuffer chunk) {
    byte[] bytes = bytes(chunk);
    int start = text(bytes).indexOf('\0') + 2;
    try (var in = new ByteArrayInputStream(bytes, start, bytes.length)) {
      ICC_Profile profile = ColorProfiles.readProfile(new InflaterInputStream(in));
      return profile.getColorSpaceType() == ColorSpace.TYPE_RGB ? profile : null;
    } catch (IOException | RuntimeException broken) {
      return null; // The numbers are then taken for sRGB, as viewers do.
    }
  }

  private static Orientation ofWebp(ByteBuffer file) throws EOFException {
    ByteBuffer chunks = next(file, 8 + Integer.toUnsignedLong(file.getInt(4))).position(12);
    while (chunks.remaining() >= 8) {
      String name = name(chunks);
      long length = Integer.toUnsignedLong(chunks.getInt());
      ByteBuffer chunk = next(chunks, length);
      if (name.equals("EXIF")) {
        // Some write it as it stands in a JPEG, behind a name of its own.
        return ofTiff(text(bytes(chunk)).startsWith("Exif\0\0") ? chunk.position(6) : chunk);
      }
      next(chunks, Math.min(length % 2, chunks.remaining()));
    }
    return Orientation.TOP_LEFT;
  }

  /** For want of rows the JDK's reader repeats the last one. */
  private static Orientation ofBmp(ByteBuffer file) throws EOFException {
    next(file, Integer.toUnsignedLong(file.getInt(2)));
    return Orientation.TOP_LEFT;
  }

  private static Orientation ofTiff(ByteBuffer tiff) {
    try (var in = new ByteArrayImageInputStream(bytes(tiff))) {
      Entry entry = new TIFFReader().read(in).getEntryById(TIFF.TAG_ORIENTATION);
      return entry == null
          ? Orientation.TOP_LEFT
          : known(Orientation.typeOf(((Number) entry.getValue()).intValue()));
    } catch (IOException | RuntimeException noNote) {
      return Orientation.TOP_LEFT;
    }
  }

  private static Orientation ofJpeg(ImageReader reader) {
    try {
      return known(ExifUtils.getExifOrientation(reader, 0));
    } catch (IOException | RuntimeException noNote) {
      return Orientation.TOP_LEFT;
    }
  }

  private static Orientation known(Orientation found) {
    return found == null ? Orientation.TOP_LEFT : found;
  }

  private static String name(ByteBuffer chunk) {
    byte[] name = new byte[4];
    chunk.get(name);
    return text(name);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** What is left of it, which stays there. */
  private static byte[] bytes(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.duplicate().get(bytes);
    return bytes;
  }

  /** The next bytes, which are then behind us. */
  private static ByteBuffer next(ByteBuffer file, long length) throws EOFException {
    if (length < 0 || length > file.remaining()) {
      throw new EOFException();
    }
    ByteBuffer next = file.slice(file.position(), (int) length).order(file.order());
    file.position(file.position() + (int) length);
    return next;
  }
}
