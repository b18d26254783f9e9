package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import journey.data.Property;
import org.junit.jupiter.api.Test;

class FewColoursTest {

  @Test
  void coloursThatAreApartStayAsTheyAre() {
    BufferedImage image = Theme.blank(40, 10);
    for (int k = 0; k < Theme.groups(); k++) {
      image.setRGB(k, 3, Theme.ofGroup(k).getRGB());
    }
    assertSame(image, FewColours.of(image), 0);
    assertEquals(Theme.groups() + 1, new Picture(FewColours.of(image)).colours());
  }

  @Test
  void ofColoursThatAreCloseTheCommonestStays() {
    BufferedImage image = Theme.blank(9, 9);
    image.setRGB(0, 0, 0x400000);
    image.setRGB(1, 0, 0x410000);
    image.setRGB(2, 0, 0x410000);
    assertEquals(0xFF410000, FewColours.of(image).getRGB(0, 0));
    assertEquals(Color.WHITE.getRGB(), FewColours.of(image).getRGB(8, 8));
  }

  @Test
  void coloursThatTellThingsApartStayHoweverRareTheyAre() {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 64 * 64; p++) {
      // 1,024 colours, each of them commoner than those below.
      image.setRGB(p % 64, p / 64, 0x8 * (p / 4 % 32) + 0x800 * (p / 128));
    }
    for (int c = 0; c < Theme.classes().size(); c++) {
      image.setRGB(5 * c, c, Theme.ofClass(c).getRGB());
    }
    BufferedImage few = FewColours.of(image);
    for (int c = 0; c < Theme.classes().size(); c++) {
      assertEquals(Theme.ofClass(c).getRGB(), few.getRGB(5 * c, c), "class " + c);
    }
    assertEquals(Theme.VALIDATION, Theme.ofClass(5));
  }

  @Test
  void manyColoursBecomeTheNearestOf256() {
    Property.holds(
        random -> {
          var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
          for (int p = 0; p < 64 * 64; p++) {
            image.setRGB(p % 64, p / 64, random.nextInt(1 << 24));
          }
          BufferedImage few = FewColours.of(image);
          assertTrue(new Picture(few).colours() <= 256);
          // Of 256 colours at random one is within 100 of nearly any other.
          assertSame(image, few, 120);
        });
  }

  private static void assertSame(BufferedImage expected, BufferedImage found, int tolerance) {
    for (int p = 0; p < expected.getWidth() * expected.getHeight(); p++) {
      int x = p % expected.getWidth();
      int y = p / expected.getWidth();
      Color one = new Color(expected.getRGB(x, y));
      Color other = new Color(found.getRGB(x, y));
      assertEquals(one.getRed(), other.getRed(), tolerance);
      assertEquals(one.getGreen(), other.getGreen(), tolerance);
      assertEquals(one.getBlue(), other.getBlue(), tolerance);
    }
  }
}
