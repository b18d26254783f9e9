package journey.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A circle around a point that leaves the point itself to be seen. */
final class Ring extends Marker {

  private static final double SIZE = 2.6;

  @Override
  public void paint(Graphics2D g, double x, double y, int markerSize) {
    g.setStroke(new BasicStroke(2));
    double diameter = SIZE * markerSize;
    g.draw(new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter));
  }
}
