package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import journey.data.LabeledImages;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Small pictures in rows, each enlarged pixel by pixel, with a caption below: the class name unless
 * told otherwise. A caption may have several lines.
 *
 * <pre>{@code
 * display(ImageGrid.of(train.first(30)).columns(10).draw());
 * }</pre>
 */
public final class ImageGrid {

  /** Up to this many pixels, as many as 24 pictures of 32x32, stay below 100 kB as PNG. */
  private static final int FULL_COLOUR = 24 * 32 * 32;

  private static final int GAP = 8;
  private static final int LINE = 15;
  private static final int HEADING = 22;

  private final List<BufferedImage> pictures;
  private List<String> captions;
  private List<String> rowTitles = List.of();
  private List<String> columnTitles = List.of();
  private String title = "";
  private int columns = 10;
  private int scale = 2;

  private ImageGrid(List<BufferedImage> pictures, List<String> captions) {
    this.pictures = pictures;
    this.captions = captions;
  }

  /** All of these pictures, ten in a row, twice their size, under them their class. */
  public static ImageGrid of(LabeledImages images) {
    return new ImageGrid(
        IntStream.range(0, images.size()).mapToObj(images::picture).toList(),
        IntStream.range(0, images.size())
            .mapToObj(i -> images.classNames().get(images.label(i)))
            .toList());
  }

  /**
   * Pictures as a network gets them, ten in a row, twice their size, without captions.
   *
   * @param colours {@code [n, 3, height, width]}; what lies below 0 is drawn as 0, above 1 as 1
   * @throws IllegalArgumentException if the shape is another
   */
  public static ImageGrid of(INDArray colours) {
    if (colours.rank() != 4 || colours.size(1) != 3) {
      throw new IllegalArgumentException(
          "pictures must be of shape [n, 3, height, width], but are of shape %s"
              .formatted(Arrays.toString(colours.shape())));
    }
    return of(
        IntStream.range(0, (int) colours.size(0))
            .mapToObj(i -> picture(colours.slice(i)))
            .toList());
  }

  private static BufferedImage picture(INDArray colours) {
    int height = (int) colours.size(1);
    int width = (int) colours.size(2);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          double share = Math.max(0, Math.min(1, colours.getDouble(c, y, x)));
          rgb = rgb << 8 | (int) Math.round(255 * share);
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** Any pictures, ten in a row, twice their size, without captions. */
  public static ImageGrid of(List<BufferedImage> pictures) {
    return new ImageGrid(List.copyOf(pictures), pictures.stream().map(p -> "").toList());
  }

  /**
   * The caption of each picture, by its position.
   *
   * @return this grid
   */
  public ImageGrid captions(IntFunction<String> caption) {
    captions = IntStream.range(0, pictures.size()).mapToObj(caption).toList();
    return this;
  }

  /**
   * What stands above the grid.
   *
   * @return this grid
   */
  public ImageGrid title(String title) {
    this.title = title;
    return this;
  }

  /**
   * What stands left of each row.
   *
   * @return this grid
   */
  public ImageGrid rowTitles(List<String> titles) {
    this.rowTitles = List.copyOf(titles);
    return this;
  }

  /**
   * What stands above each column.
   *
   * @return this grid
   */
  public ImageGrid columnTitles(List<String> titles) {
    this.columnTitles = List.copyOf(titles);
    return this;
  }

  /**
   * How many pictures stand in a row.
   *
   * @return this grid
   * @throws IllegalArgumentException if it is not positive
   */
  public ImageGrid columns(int columns) {
    this.columns = positive("columns", columns);
    return this;
  }

  /**
   * How many times their size the pictures have.
   *
   * @return this grid
   * @throws IllegalArgumentException if it is not positive
   */
  public ImageGrid scale(int scale) {
    this.scale = positive("scale", scale);
    return this;
  }

  /**
   * The grid as one picture.
   *
   * @throws IllegalStateException if there are no pictures
   */
  public BufferedImage draw() {
    if (pictures.isEmpty()) {
      throw new IllegalStateException(
          "an image grid needs at least one picture, but there is none");
    }
    var geometry = new Geometry();
    BufferedImage image = Theme.blank(geometry.width(), geometry.height());
    Graphics2D g = Theme.pen(image);
    g.setFont(Theme.BOLD);
    g.drawString(title, GAP, HEADING - 5);
    drawTitles(g, geometry);
    g.setFont(Theme.SMALL);
    for (int i = 0; i < pictures.size(); i++) {
      drawPicture(g, geometry, i);
    }
    g.dispose();
    int pixels = pictures.stream().mapToInt(p -> p.getWidth() * p.getHeight()).sum();
    return pixels > FULL_COLOUR ? in256Colours(image) : image;
  }

  /** A third of the size in a notebook's file. Java's GIF writer chooses the colours. */
  private static BufferedImage in256Colours(BufferedImage image) {
    var gif = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "gif", gif);
      return ImageIO.read(new ByteArrayInputStream(gif.toByteArray()));
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing a picture to memory failed", impossible);
    }
  }

  private void drawTitles(Graphics2D g, Geometry geometry) {
    g.setFont(Theme.PLAIN);
    for (int column = 0; column < Math.min(geometry.columns, columnTitles.size()); column++) {
      int middle = geometry.x(column) + geometry.cellWidth / 2;
      Theme.centred(g, columnTitles.get(column), middle, geometry.top - 7);
    }
    for (int row = 0; row < Math.min(geometry.rows, rowTitles.size()); row++) {
      int base = geometry.y(row * geometry.columns) + geometry.pictureHeight / 2 + 5;
      g.drawString(rowTitles.get(row), GAP, base);
    }
  }

  private void drawPicture(Graphics2D g, Geometry geometry, int i) {
    BufferedImage picture = pictures.get(i);
    int width = picture.getWidth() * scale;
    int middle = geometry.x(i % geometry.columns) + geometry.cellWidth / 2;
    int y = geometry.y(i);
    // Without a hint Java2D enlarges by the nearest pixel.
    g.drawImage(picture, middle - width / 2, y, width, picture.getHeight() * scale, null);
    int base = y + geometry.pictureHeight + LINE - 2;
    for (String line : captions.get(i).split("\n")) {
      Theme.centred(g, line, middle, base);
      base += LINE;
    }
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be positive, but is %d".formatted(name, value));
    }
    return value;
  }

  /** Where everything stands, in pixels. A cell is as wide as its picture or the widest caption. */
  private final class Geometry {
    final int columns = Math.min(ImageGrid.this.columns, pictures.size());
    final int rows = (pictures.size() + columns - 1) / columns;
    final int pictureHeight =
        scale * pictures.stream().mapToInt(p -> p.getHeight()).max().orElse(1);
    final int cellWidth =
        IntStream.concat(
                pictures.stream().mapToInt(p -> p.getWidth() * scale),
                Stream.concat(captions.stream().flatMap(String::lines), columnTitles.stream())
                    .mapToInt(line -> Theme.width(line, Theme.SMALL)))
            .max()
            .orElse(1);
    final int left =
        rowTitles.stream().mapToInt(t -> Theme.width(t, Theme.PLAIN) + GAP).max().orElse(0) + GAP;
    final int top = GAP + (title.isEmpty() ? 0 : HEADING) + (columnTitles.isEmpty() ? 0 : HEADING);
    final int rowHeight =
        pictureHeight
            + GAP
            + LINE * captions.stream().mapToInt(c -> (int) c.lines().count()).max().orElse(0);

    int x(int column) {
      return left + column * (cellWidth + GAP);
    }

    int y(int i) {
      return top + i / columns * rowHeight;
    }

    int width() {
      return Math.max(x(columns), Theme.width(title, Theme.BOLD) + 2 * GAP);
    }

    int height() {
      return top + rows * rowHeight;
    }
  }
}
