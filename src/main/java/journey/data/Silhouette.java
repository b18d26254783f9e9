package journey.data;

import static journey.data.Backdrop.FOREST;
import static journey.data.Backdrop.MEADOW;
import static journey.data.Backdrop.POND;
import static journey.data.Backdrop.ROAD;
import static journey.data.Backdrop.ROOM;
import static journey.data.Backdrop.SEA;
import static journey.data.Backdrop.SKY;
import static journey.data.Backdrop.STUDIO;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The ten things of the stand-in pictures, in the order of CIFAR-10's classes. Each is drawn in the
 * square from -1 to 1 (y downwards), facing right.
 */
enum Silhouette {
  AIRPLANE(35, SKY, SKY, SKY, SKY, SKY, SEA) {
    @Override
    void draw(Pen pen) {
      Color hull = pen.oneOf(pen.about(210, 5, 95), pen.about(210, 10, 65), pen.vivid());
      if (pen.chance(50)) {
        fromTheSide(pen, hull);
      } else {
        fromAbove(pen, hull);
      }
    }

    private void fromTheSide(Pen pen, Color hull) {
      pen.in(hull.darker())
          .polygon(0.2, -0.05, -0.2, -0.5, -0.4, -0.5, -0.15, -0.03)
          .in(pen.vivid())
          .polygon(-0.9, -0.02, -1, -0.5, -0.78, -0.5, -0.5, -0.08)
          .in(hull)
          .oval(0, 0, 0.98, 0.18)
          .in(DARK)
          .line(0.05, -0.5, -0.05, 0.6, -0.05)
          .oval(0.8, -0.05, 0.09, 0.05)
          .in(hull.darker())
          .polygon(0.25, 0.05, -0.35, 0.65, -0.58, 0.65, -0.2, 0.05)
          .oval(0, 0.38, 0.16, 0.07);
    }

    private void fromAbove(Pen pen, Color hull) {
      pen.in(hull.darker())
          .polygon(0.3, 0, -0.2, -0.95, -0.42, -0.95, -0.15, 0, -0.42, 0.95, -0.2, 0.95)
          .polygon(-0.6, 0, -0.82, -0.38, -0.98, -0.38, -0.88, 0, -0.98, 0.38, -0.82, 0.38)
          .in(hull)
          .oval(0, 0, 0.98, 0.14)
          .oval(0.1, -0.4, 0.14, 0.06)
          .oval(0.1, 0.4, 0.14, 0.06)
          .in(DARK)
          .oval(0.8, 0, 0.07, 0.06);
    }
  },

  AUTOMOBILE(6, ROAD, ROAD, ROAD, ROOM, MEADOW) {
    @Override
    void draw(Pen pen) {
      Color body = pen.chance(75) ? pen.vivid() : pen.about(210, 5, 85);
      if (pen.chance(70)) {
        fromTheSide(pen, body);
      } else {
        fromTheFront(pen, body);
      }
    }

    private void fromTheSide(Pen pen, Color body) {
      pen.in(body)
          .polygon(-0.65, -0.05, -0.4, -0.5, 0.25, -0.5, 0.58, -0.05)
          .polygon(-0.98, -0.02, -0.85, -0.1, 0.7, -0.1, 0.98, 0.05, 0.98, 0.35, -0.98, 0.35)
          .in(GLASS)
          .polygon(-0.5, -0.1, -0.32, -0.42, -0.08, -0.42, -0.08, -0.1)
          .polygon(0, -0.1, 0, -0.42, 0.2, -0.42, 0.42, -0.1)
          .in(LAMP)
          .oval(0.9, 0.1, 0.07, 0.07);
      wheel(pen, -0.55, 0.36, 0.24);
      wheel(pen, 0.55, 0.36, 0.24);
    }

    private void fromTheFront(Pen pen, Color body) {
      pen.in(DARK)
          .box(-0.75, 0.3, 0.25, 0.4)
          .box(0.5, 0.3, 0.25, 0.4)
          .in(body)
          .polygon(-0.6, 0, -0.42, -0.55, 0.42, -0.55, 0.6, 0)
          .box(-0.8, -0.05, 1.6, 0.55)
          .in(GLASS)
          .polygon(-0.48, -0.05, -0.35, -0.45, 0.35, -0.45, 0.48, -0.05)
          .in(DARK)
          .box(-0.3, 0.15, 0.6, 0.18)
          .in(LAMP)
          .oval(-0.6, 0.18, 0.13, 0.13)
          .oval(0.6, 0.18, 0.13, 0.13);
    }
  },

  BIRD(15, SKY, FOREST, FOREST, MEADOW, STUDIO) {
    @Override
    void draw(Pen pen) {
      Color feathers = pen.oneOf(pen.about(25, 50, 45), pen.about(210, 20, 35), pen.vivid());
      if (pen.chance(60)) {
        perched(pen, feathers);
      } else {
        flying(pen, feathers);
      }
      pen.in(BEAK).polygon(0.62, -0.4, 0.98, -0.26, 0.62, -0.16);
      pen.in(DARK).oval(0.52, -0.34, 0.06, 0.06);
    }

    private void perched(Pen pen, Color feathers) {
      pen.in(BEAK)
          .line(0.07, -0.05, 0.3, -0.08, 0.8)
          .line(0.07, 0.15, 0.3, 0.14, 0.8)
          .in(feathers.darker())
          .polygon(-0.35, 0, -1, 0.28, -0.9, 0.5, -0.25, 0.3)
          .in(feathers)
          .oval(0, 0.08, 0.52, 0.35)
          .polygon(0, -0.2, 0.4, -0.5, 0.65, -0.1, 0.4, 0.25)
          .oval(0.45, -0.28, 0.25, 0.24)
          .in(feathers.darker())
          .oval(-0.15, 0.08, 0.36, 0.19);
    }

    private void flying(Pen pen, Color feathers) {
      pen.in(feathers.darker())
          .polygon(0.25, 0, 0.2, -0.6, -0.1, -0.98, -0.05, -0.4, -0.15, 0)
          .in(feathers)
          .polygon(-0.35, 0, -1, 0.05, -0.85, 0.3, -0.3, 0.2)
          .oval(0, 0.05, 0.5, 0.2)
          .polygon(0.1, -0.1, 0.4, -0.45, 0.6, -0.1, 0.3, 0.2)
          .oval(0.47, -0.27, 0.22, 0.21)
          .polygon(0.25, 0.05, -0.05, 0.55, -0.6, 0.85, -0.35, 0.35, -0.2, 0.05);
    }
  },

  CAT(8, ROOM, ROOM, STUDIO, MEADOW) {
    @Override
    void draw(Pen pen) {
      Color fur = pen.oneOf(pen.about(28, 65, 80), pen.about(220, 6, 45), pen.about(30, 15, 88));
      pen.in(fur.darker())
          .bow(0.16, 0.35, 0.85, 1.05, 0.8, 0.8, 0.1)
          .in(fur)
          .oval(0, 0.55, 0.46, 0.48);
      pen.in(LIGHT).oval(0, 0.5, 0.2, 0.28);
      pen.in(fur)
          .polygon(-0.5, -0.3, -0.52, -1, -0.05, -0.6)
          .polygon(0.5, -0.3, 0.52, -1, 0.05, -0.6)
          .oval(0, -0.28, 0.52, 0.42)
          .in(PINK)
          .polygon(-0.4, -0.55, -0.44, -0.85, -0.2, -0.62)
          .polygon(0.4, -0.55, 0.44, -0.85, 0.2, -0.62);
      if (pen.chance(50)) {
        stripes(pen, fur.darker().darker());
      }
      face(pen);
    }

    private void stripes(Pen pen, Color colour) {
      pen.in(colour)
          .line(0.05, 0, -0.68, 0, -0.5)
          .line(0.05, -0.12, -0.66, -0.1, -0.52)
          .line(0.05, 0.12, -0.66, 0.1, -0.52)
          .line(0.06, -0.42, 0.45, -0.28, 0.45)
          .line(0.06, 0.42, 0.45, 0.28, 0.45)
          .line(0.06, -0.42, 0.65, -0.28, 0.65)
          .line(0.06, 0.42, 0.65, 0.28, 0.65);
    }

    private void face(Pen pen) {
      pen.in(pen.about(80, 70, 85))
          .oval(-0.2, -0.33, 0.13, 0.11)
          .oval(0.2, -0.33, 0.13, 0.11)
          .in(DARK)
          .oval(-0.2, -0.33, 0.05, 0.11)
          .oval(0.2, -0.33, 0.05, 0.11)
          .line(0.03, -0.15, -0.08, -0.75, -0.18)
          .line(0.03, -0.15, -0.03, -0.75, 0)
          .line(0.03, 0.15, -0.08, 0.75, -0.18)
          .line(0.03, 0.15, -0.03, 0.75, 0)
          .in(PINK)
          .polygon(-0.09, -0.16, 0.09, -0.16, 0, -0.05);
    }
  },

  DEER(6, FOREST, FOREST, FOREST, MEADOW) {
    @Override
    void draw(Pen pen) {
      Color coat = pen.about(26, 60, 62);
      legs(pen.in(coat.darker()), 0.09, 0.1, 0.98, -0.45, -0.3, 0.2, 0.33);
      pen.in(LIGHT)
          .oval(-0.62, -0.02, 0.1, 0.13)
          .in(coat)
          .oval(-0.1, 0.08, 0.52, 0.24)
          .polygon(0.12, -0.02, 0.4, -0.5, 0.62, -0.42, 0.42, 0.22)
          .polygon(0.4, -0.55, 0.6, -0.6, 0.92, -0.36, 0.86, -0.26, 0.55, -0.32)
          .polygon(0.45, -0.45, 0.15, -0.55, 0.4, -0.58)
          .in(DARK)
          .oval(0.6, -0.47, 0.05, 0.05)
          .oval(0.9, -0.32, 0.06, 0.05);
      antlers(pen.in(pen.about(40, 30, 80)));
      if (pen.chance(60)) {
        pen.in(LIGHT)
            .oval(-0.35, 0, 0.06, 0.05)
            .oval(-0.15, -0.03, 0.06, 0.05)
            .oval(0.05, 0.02, 0.06, 0.05);
      }
    }

    private void antlers(Pen pen) {
      pen.line(0.06, 0.48, -0.55, 0.35, -0.8, 0.1, -1)
          .line(0.06, 0.35, -0.8, 0.38, -1.05)
          .line(0.06, 0.42, -0.66, 0.15, -0.72)
          .line(0.06, 0.54, -0.57, 0.68, -0.8, 0.95, -0.95)
          .line(0.06, 0.68, -0.8, 0.63, -1.05);
    }
  },

  DOG(8, MEADOW, MEADOW, ROOM, STUDIO) {
    @Override
    void draw(Pen pen) {
      Color fur = pen.oneOf(pen.about(32, 55, 68), pen.about(25, 60, 40), pen.about(40, 12, 90));
      if (pen.chance(65)) {
        standing(pen, fur);
      } else {
        head(pen, fur);
      }
    }

    private void standing(Pen pen, Color fur) {
      pen.in(fur.darker()).bow(0.13, -0.5, 0, -0.95, -0.1, -0.85, -0.6);
      legs(pen, 0.19, 0.25, 0.78, -0.45, -0.22, 0.2, 0.38);
      pen.in(fur)
          .oval(-0.05, 0.12, 0.58, 0.29)
          .polygon(0.1, 0, 0.4, -0.4, 0.65, -0.1, 0.5, 0.25)
          .oval(0.52, -0.32, 0.29, 0.26)
          .oval(0.8, -0.22, 0.2, 0.14)
          .in(pen.vivid())
          .line(0.09, 0.25, -0.12, 0.58, 0.05)
          .in(fur.darker().darker())
          .oval(0.36, -0.22, 0.13, 0.27)
          .in(DARK)
          .oval(0.62, -0.38, 0.06, 0.06)
          .oval(0.96, -0.27, 0.08, 0.07);
    }

    private void head(Pen pen, Color fur) {
      pen.in(fur)
          .oval(0, 0.85, 0.6, 0.4)
          .oval(0, -0.05, 0.55, 0.65)
          .in(fur.darker().darker())
          .oval(-0.58, -0.1, 0.2, 0.52)
          .oval(0.58, -0.1, 0.2, 0.52)
          .in(LIGHT)
          .oval(0, 0.25, 0.32, 0.3)
          .in(TONGUE)
          .oval(0, 0.52, 0.13, 0.2)
          .in(DARK)
          .oval(0, 0.13, 0.15, 0.11)
          .oval(-0.22, -0.2, 0.09, 0.1)
          .oval(0.22, -0.2, 0.09, 0.1)
          .bow(0.04, -0.2, 0.38, 0, 0.5, 0.2, 0.38);
    }
  },

  FROG(12, POND, POND, MEADOW, STUDIO) {
    @Override
    void draw(Pen pen) {
      Color skin = pen.chance(80) ? pen.about(100, 75, 62) : pen.about(35, 65, 45);
      pen.in(skin.darker())
          .oval(-0.65, 0.42, 0.33, 0.3)
          .oval(0.65, 0.42, 0.33, 0.3)
          .line(0.1, -0.7, 0.72, -1, 0.78)
          .line(0.1, 0.7, 0.72, 1, 0.78)
          .in(skin)
          .oval(0, 0.3, 0.58, 0.45)
          .oval(0, -0.1, 0.62, 0.38)
          .oval(-0.38, -0.45, 0.22, 0.22)
          .oval(0.38, -0.45, 0.22, 0.22)
          .in(pen.about(65, 35, 90))
          .oval(0, 0.42, 0.36, 0.28)
          .in(skin.darker())
          .line(0.13, -0.33, 0.4, -0.35, 0.78)
          .line(0.13, 0.33, 0.4, 0.35, 0.78)
          .in(LAMP)
          .oval(-0.38, -0.47, 0.15, 0.15)
          .oval(0.38, -0.47, 0.15, 0.15)
          .in(DARK)
          .oval(-0.38, -0.47, 0.1, 0.06)
          .oval(0.38, -0.47, 0.1, 0.06)
          .bow(0.06, -0.48, -0.05, 0, 0.25, 0.48, -0.05);
    }
  },

  HORSE(6, MEADOW, MEADOW, MEADOW, FOREST) {
    @Override
    void draw(Pen pen) {
      Color coat = pen.oneOf(pen.about(18, 65, 42), pen.about(25, 10, 88), pen.about(20, 30, 22));
      Color hair = pen.chance(50) ? DARK : pen.about(45, 40, 80);
      pen.in(hair).bow(0.2, -0.6, -0.05, -1, 0.1, -0.85, 0.65);
      legs(pen.in(coat.darker()), 0.14, 0.1, 0.92, -0.5, -0.32, 0.2, 0.36);
      legs(pen.in(DARK), 0.16, 0.92, 0.97, -0.5, -0.32, 0.2, 0.36);
      pen.in(coat)
          .oval(-0.12, 0.05, 0.58, 0.29)
          .polygon(0.05, -0.05, 0.38, -0.8, 0.7, -0.68, 0.45, 0.2)
          .polygon(0.4, -0.85, 0.62, -0.88, 1, -0.42, 0.88, -0.28, 0.55, -0.5)
          .polygon(0.45, -0.8, 0.47, -1.05, 0.6, -0.83)
          .in(hair)
          .bow(0.16, 0.45, -0.88, 0.2, -0.6, 0.05, -0.15)
          .in(DARK)
          .oval(0.64, -0.68, 0.05, 0.05)
          .oval(0.92, -0.4, 0.05, 0.04);
    }
  },

  SHIP(5, SEA, SEA, SEA, SEA) {
    @Override
    void draw(Pen pen) {
      Color hull = pen.oneOf(pen.vivid(), pen.about(220, 30, 25), pen.about(210, 5, 92));
      if (pen.chance(60)) {
        steamer(pen, hull);
      } else {
        sailingShip(pen, hull);
      }
      pen.in(LIGHT).line(0.07, -0.85, 0.58, 0.85, 0.58);
    }

    private void steamer(Pen pen, Color hull) {
      pen.in(pen.vivid())
          .box(-0.45, -0.7, 0.22, 0.5)
          .in(LIGHT)
          .box(-0.65, -0.15, 1.05, 0.3)
          .box(-0.1, -0.42, 0.4, 0.3)
          .in(DARK)
          .line(0.05, 0.1, -0.45, 0.1, -0.9)
          .box(-0.45, -0.7, 0.22, 0.1)
          .line(0.07, -0.5, 0, 0.3, 0)
          .line(0.06, 0, -0.3, 0.2, -0.3)
          .in(hull)
          .polygon(-0.98, 0.12, 1, 0.08, 0.72, 0.58, -0.8, 0.58)
          .in(pen.vivid())
          .polygon(-0.86, 0.45, 0.8, 0.45, 0.72, 0.58, -0.8, 0.58);
    }

    private void sailingShip(Pen pen, Color hull) {
      pen.in(DARK)
          .line(0.06, 0, 0.3, 0, -0.95)
          .in(pen.chance(70) ? LIGHT : pen.vivid())
          .polygon(0.06, -0.9, 0.06, 0.2, 0.75, 0.2)
          .polygon(-0.06, -0.75, -0.06, 0.2, -0.62, 0.2)
          .in(hull)
          .polygon(-0.85, 0.28, 0.92, 0.28, 0.6, 0.58, -0.6, 0.58);
    }
  },

  TRUCK(5, ROAD, ROAD, ROAD, MEADOW) {
    @Override
    void draw(Pen pen) {
      Color cargo = pen.chance(50) ? pen.about(210, 5, 90) : pen.vivid();
      Color cab = pen.vivid();
      pen.in(DARK).box(-0.95, 0.25, 1.9, 0.15);
      if (pen.chance(65)) {
        pen.in(cargo).box(-0.98, -0.65, 1.28, 0.92);
        pen.in(cargo.darker())
            .line(0.04, -0.55, -0.6, -0.55, 0.2)
            .line(0.04, -0.1, -0.6, -0.1, 0.2);
      } else {
        pen.in(cargo).oval(-0.34, -0.12, 0.64, 0.4).in(cargo.darker()).line(0.06, -0.9, 0, 0.2, 0);
      }
      pen.in(cab)
          .polygon(0.38, -0.4, 0.75, -0.4, 0.9, -0.02, 0.98, 0.02, 0.98, 0.35, 0.38, 0.35)
          .in(GLASS)
          .polygon(0.52, -0.32, 0.7, -0.32, 0.82, -0.02, 0.52, -0.02)
          .in(LAMP)
          .oval(0.93, 0.15, 0.06, 0.06);
      wheel(pen, -0.72, 0.42, 0.2);
      wheel(pen, -0.3, 0.42, 0.2);
      wheel(pen, 0.66, 0.42, 0.2);
    }
  };

  private static final Color DARK = new Color(28, 26, 30);
  private static final Color LIGHT = new Color(240, 238, 232);
  private static final Color GLASS = new Color(50, 65, 85);
  private static final Color LAMP = new Color(250, 225, 110);
  private static final Color BEAK = new Color(240, 150, 30);
  private static final Color PINK = new Color(235, 150, 150);
  private static final Color TONGUE = new Color(225, 80, 95);

  /** In so many cases out of a hundred the thing stands where it is not at home. */
  private static final int STRAY_PERCENT = 12;

  private final int maxTilt;
  private final List<Backdrop> home;

  Silhouette(int maxTilt, Backdrop... home) {
    this.maxTilt = maxTilt;
    this.home = List.of(home);
  }

  /** CIFAR-10's name for the class. */
  String className() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How far the thing may be turned either way, in degrees. */
  int maxTilt() {
    return maxTilt;
  }

  /** Something to stand before: mostly where one would look for the thing. */
  Backdrop backdrop(SplittableRandom random) {
    List<Backdrop> choices =
        random.nextInt(100) < STRAY_PERCENT ? List.of(Backdrop.values()) : home;
    return choices.get(random.nextInt(choices.size()));
  }

  /** Draws the thing, in colours and a posture left to chance. */
  abstract void draw(Pen pen);

  private static void wheel(Pen pen, double x, double y, double radius) {
    pen.in(DARK).oval(x, y, radius, radius).in(LIGHT).oval(x, y, radius * 0.4, radius * 0.4);
  }

  private static void legs(Pen pen, double width, double top, double bottom, double... places) {
    for (double x : places) {
      pen.line(width, x, top, x, bottom);
    }
  }
}
