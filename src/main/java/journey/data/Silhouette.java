package journey.data;

/**
 * The ten things of the stand-in pictures, in the order of CIFAR-10's classes. Each has an outline
 * in the square from -1 to 1 (y downwards), and the usual colours of its background, as 0xRRGGBB,
 * at the upper and the lower edge.
 */
enum Silhouette {
  AIRPLANE(0x9CC4F0, 0xD8E8F8, (x, y) -> oval(x, y, 1, 0.2) || box(x + 0.1, y, 0.22, 0.95)),
  AUTOMOBILE(
      0xA8A8B0,
      0x606068,
      (x, y) ->
          box(x, y - 0.15, 0.95, 0.25)
              || box(x, y + 0.25, 0.5, 0.25)
              || oval(Math.abs(x) - 0.55, y - 0.45, 0.25, 0.25)),
  BIRD(0x98B8C8, 0x70906C, (x, y) -> box(x, y - 0.4 + 0.9 * Math.abs(x), 0.95, 0.2)),
  CAT(
      0xB89878,
      0x907058,
      (x, y) -> oval(x, y - 0.2, 0.65, 0.6) || box(Math.abs(x) - 0.4, y + 0.5, (y + 0.9) / 2, 0.4)),
  DEER(
      0x587848,
      0x889050,
      (x, y) ->
          oval(x, y - 0.5, 0.7, 0.35)
              || box(Math.abs(x) + 0.5 * y, y + 0.4, 0.12, 0.6)
              || box(x, y, 0.15, 0.4)),
  DOG(
      0xA0A080,
      0x789058,
      (x, y) -> oval(x, y, 0.5, 0.65) || oval(Math.abs(x) - 0.7, y + 0.1, 0.22, 0.5)),
  FROG(
      0x607858,
      0x485C40,
      (x, y) -> oval(x, y - 0.3, 0.9, 0.5) || oval(Math.abs(x) - 0.5, y + 0.3, 0.3, 0.3)),
  HORSE(
      0x90A870,
      0x78A048,
      (x, y) ->
          box(x + 0.1, y, 0.7, 0.25)
              || box(Math.abs(x + 0.1) - 0.55, y - 0.55, 0.12, 0.4)
              || box(x - 0.7, y + 0.4, 0.2, 0.5)),
  SHIP(
      0xA8C8E0,
      0x305880,
      (x, y) -> box(x, y - 0.45, 1.1 - 0.6 * y, 0.25) || box(x - 0.3, y + 0.4, (y + 1) / 2, 0.5)),
  TRUCK(
      0xC0B8A8,
      0x706860,
      (x, y) ->
          box(x + 0.25, y + 0.25, 0.7, 0.55)
              || box(x - 0.7, y - 0.05, 0.25, 0.25)
              || oval(Math.abs(x) - 0.6, y - 0.5, 0.22, 0.22));

  /** Whether a point belongs to the thing. */
  @FunctionalInterface
  interface Outline {
    boolean contains(double x, double y);
  }

  final int above;
  final int below;
  final Outline outline;

  Silhouette(int above, int below, Outline outline) {
    this.above = above;
    this.below = below;
    this.outline = outline;
  }

  private static boolean box(double x, double y, double halfWidth, double halfHeight) {
    return Math.abs(x) < halfWidth && Math.abs(y) < halfHeight;
  }

  private static boolean oval(double x, double y, double halfWidth, double halfHeight) {
    double across = x / halfWidth;
    double down = y / halfHeight;
    return across * across + down * down < 1;
  }
}
