package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** The picture, as large as fits, and what it was taken for. */
record DigitPanel(Reading reading, List<String> names) implements Panel {

  private static final int CAPTION = 24;

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Panel.title(g, "the picture");
    double[] inputs = reading.inputs();
    int side = (int) Math.sqrt(inputs.length);
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < inputs.length; p++) {
      int grey = (int) Math.round(255 * Math.max(0, Math.min(1, inputs[p])));
      image.setRGB(p % side, p / side, 0x010101 * grey);
    }
    int room = Math.min(width - 2 * MARGIN, height - TOP - CAPTION);
    int size = side * Math.max(1, room / side);
    // Without a hint Java2D enlarges by the nearest pixel.
    g.drawImage(image, (width - size) / 2, TOP, size, size, null);
    g.setFont(Theme.PLAIN);
    g.setColor(reading.isRight() ? Theme.TEXT : Theme.VALIDATION);
    String caption =
        String.format(
            Locale.ROOT,
            "said %s %.2f, is %s",
            names.get(reading.answer()),
            reading.confidence(),
            names.get(reading.label()));
    Theme.centred(g, caption, width / 2, TOP + size + CAPTION - 8);
  }
}
