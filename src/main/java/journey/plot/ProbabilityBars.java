package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import journey.data.LabeledImages;
import journey.metrics.MultiClassPredictions;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pictures side by side, and below each the probability of every class as a bar on a scale from 0
 * to 1, that of its true class in orange. Five pictures fill a notebook's width.
 *
 * <pre>{@code
 * ProbabilityBars.of(validation.first(5), network.predict(few)).draw()
 * }</pre>
 */
public final class ProbabilityBars {

  private static final int GAP = 14;
  private static final int PICTURE = 96;
  private static final int LINE = 15;
  private static final int BAR = 15;
  private static final int ROW = 19;
  private static final int COLUMN = 150;

  private final LabeledImages pictures;
  private final MultiClassPredictions predictions;
  private final int left;

  private ProbabilityBars(LabeledImages pictures, MultiClassPredictions predictions) {
    this.pictures = pictures;
    this.predictions = predictions;
    this.left =
        2 * GAP
            + pictures.classNames().stream()
                .mapToInt(name -> Theme.width(name, Theme.PLAIN))
                .max()
                .orElse(0);
  }

  /**
   * Pictures with a classifier's answers.
   *
   * @param probabilities the softmax's output, of shape {@code [pictures, classes]}
   * @throws IllegalArgumentException as {@link MultiClassPredictions#of} does
   */
  public static ProbabilityBars of(LabeledImages pictures, INDArray probabilities) {
    var predictions =
        MultiClassPredictions.of(pictures.labels(), probabilities, pictures.classNames());
    return new ProbabilityBars(pictures, predictions);
  }

  /** The picture. */
  public BufferedImage draw() {
    List<String> names = pictures.classNames();
    int top = GAP + PICTURE + 2 * LINE + GAP;
    int bottom = top + names.size() * ROW;
    BufferedImage image = Theme.blank(left + pictures.size() * COLUMN, bottom + 2 * LINE);
    Graphics2D g = Theme.pen(image);
    for (int c = 0; c < names.size(); c++) {
      int width = Theme.width(names.get(c), Theme.PLAIN);
      g.drawString(names.get(c), left - GAP / 2 - width, top + c * ROW + BAR - 3);
    }
    g.setFont(Theme.SMALL);
    for (int i = 0; i < pictures.size(); i++) {
      int x = left + i * COLUMN;
      drawPicture(g, i, x + (COLUMN - GAP) / 2);
      for (int c = 0; c < names.size(); c++) {
        drawBar(g, i, c, x, top + c * ROW);
      }
      g.setColor(Theme.QUIET_TEXT);
      g.drawString("0", x, bottom + LINE - 2);
      g.drawString("1", x + COLUMN - GAP - Theme.width("1", Theme.SMALL), bottom + LINE - 2);
    }
    g.dispose();
    return image;
  }

  private void drawPicture(Graphics2D g, int i, int middle) {
    // Without a hint Java2D enlarges by the nearest pixel.
    g.drawImage(pictures.picture(i), middle - PICTURE / 2, GAP, PICTURE, PICTURE, null);
    g.setColor(Theme.TEXT);
    int taken = predictions.predicted(i);
    String said =
        String.format(
            Locale.ROOT,
            "said %s %.2f,",
            pictures.classNames().get(taken),
            predictions.probability(i, taken));
    Theme.centred(g, said, middle, GAP + PICTURE + LINE);
    String is = "is " + pictures.classNames().get(pictures.label(i));
    Theme.centred(g, is, middle, GAP + PICTURE + 2 * LINE);
  }

  private void drawBar(Graphics2D g, int i, int c, int x, int y) {
    int whole = COLUMN - GAP;
    g.setColor(Theme.GRID);
    g.fillRect(x, y, whole, BAR);
    g.setColor(c == pictures.label(i) ? Theme.VALIDATION : Theme.TRAIN);
    g.fillRect(x, y, (int) Math.round(whole * predictions.probability(i, c)), BAR);
  }
}
