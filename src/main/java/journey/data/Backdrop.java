package journey.data;

import java.awt.Color;

/**
 * What lies behind the things in the stand-in pictures: 32x32 pixels from the upper left corner.
 */
enum Backdrop {
  /** A sky in one of many weathers, mostly with clouds. */
  SKY {
    @Override
    void paint(Pen pen) {
      sky(pen, SIDE);
    }
  },

  /** Water under a sky. */
  SEA {
    @Override
    void paint(Pen pen) {
      int horizon = pen.number(9, 20);
      sky(pen, horizon);
      Color water = pen.about(205, 60, 50);
      ground(pen, horizon, water, water.darker());
      for (int wave = pen.number(3, 7); wave > 0; wave--) {
        double x = pen.between(0, SIDE);
        double y = pen.between(horizon + 2, SIDE);
        pen.in(LIGHT_VEIL).line(0.7, x, y, x + pen.between(2, 7), y);
      }
    }
  },

  /** A meadow under a sky, or filling the picture. */
  MEADOW {
    @Override
    void paint(Pen pen) {
      int horizon = pen.chance(40) ? 0 : pen.number(6, 18);
      sky(pen, horizon);
      Color grass = pen.about(pen.number(70, 110), 60, 55);
      ground(pen, horizon, grass, grass.darker());
      for (int blade = 14; blade > 0; blade--) {
        double x = pen.between(0, SIDE);
        double y = pen.between(horizon, SIDE);
        pen.in(pen.chance(50) ? grass.darker() : grass.brighter()).line(0.6, x, y, x, y - 2);
      }
    }
  },

  /** A street with a kerb and a marking, before houses or a sky. */
  ROAD {
    @Override
    void paint(Pen pen) {
      int kerb = pen.number(15, 23);
      sky(pen, kerb);
      for (int house = pen.number(0, 4); house > 0; house--) {
        double top = pen.between(2, kerb - 4);
        pen.in(pen.about(30, 25, 60)).box(pen.between(-4, SIDE), top, pen.between(5, 12), SIDE);
      }
      Color asphalt = pen.about(220, 8, 42);
      ground(pen, kerb, asphalt.brighter(), asphalt);
      double marking = pen.between(kerb + 4, SIDE);
      pen.in(LIGHT_VEIL).line(1, 2, marking, 9, marking).line(1, 17, marking, 24, marking);
    }
  },

  /** Trees. */
  FOREST {
    @Override
    void paint(Pen pen) {
      Color leaves = pen.about(110, 50, 35);
      ground(pen, 0, leaves.brighter(), leaves);
      for (int trunk = pen.number(3, 7); trunk > 0; trunk--) {
        double x = pen.between(0, SIDE);
        pen.in(pen.about(30, 45, 25)).line(pen.between(0.8, 2.5), x, 0, x, pen.between(18, 30));
      }
      pen.in(pen.about(60, 50, 45)).box(0, pen.between(24, 30), SIDE, SIDE);
    }
  },

  /** A wall and a floor. */
  ROOM {
    @Override
    void paint(Pen pen) {
      Color wall = pen.about(pen.number(0, 359), 25, 75);
      ground(pen, 0, wall, wall.darker());
      Color floor = pen.about(28, 45, 50);
      ground(pen, pen.number(18, 28), floor.brighter(), floor);
    }
  },

  /** Water seen from above, with leaves on it. */
  POND {
    @Override
    void paint(Pen pen) {
      Color water = pen.about(pen.number(90, 190), 45, 40);
      ground(pen, 0, water, water.darker());
      for (int leaf = pen.number(2, 6); leaf > 0; leaf--) {
        double radius = pen.between(2, 6);
        pen.in(pen.about(100, 60, 55))
            .oval(pen.between(0, SIDE), pen.between(0, SIDE), radius, radius * 0.6);
      }
    }
  },

  /** Two colours of any kind, one going over into the other. */
  STUDIO {
    @Override
    void paint(Pen pen) {
      Color from = pen.about(pen.number(0, 359), 30, pen.number(25, 95));
      Color to = pen.about(pen.number(0, 359), 30, pen.number(25, 95));
      pen.in(Pen.blend(pen.between(0, SIDE), 0, from, pen.between(0, SIDE), SIDE, to))
          .box(0, 0, SIDE, SIDE);
    }
  };

  private static final int SIDE = Cifar10.SIDE;
  private static final Color LIGHT_VEIL = new Color(255, 255, 255, 150);

  /** Covers the whole picture. */
  abstract void paint(Pen pen);

  private static void sky(Pen pen, int height) {
    Color zenith =
        switch (pen.number(0, 9)) {
          case 0, 1 -> pen.about(215, 8, 75);
          case 2 -> pen.about(25, 45, 85);
          case 3 -> pen.about(225, 60, 35);
          default -> pen.about(210, 55, 85);
        };
    Color haze = pen.chance(50) ? pen.about(205, 15, 95) : zenith;
    pen.in(Pen.blend(0, 0, zenith, 0, height + 1, haze)).box(0, 0, SIDE, height);
    for (int cloud = pen.number(0, 3); cloud > 0; cloud--) {
      double x = pen.between(0, SIDE);
      double y = pen.between(0, height + 1);
      double size = pen.between(2, 6);
      pen.in(LIGHT_VEIL).oval(x, y, size, size / 2).oval(x + size * 0.7, y + 1, size, size / 2);
    }
  }

  private static void ground(Pen pen, int top, Color far, Color near) {
    pen.in(Pen.blend(0, top, far, 0, SIDE, near)).box(0, top, SIDE, SIDE - top);
  }
}
