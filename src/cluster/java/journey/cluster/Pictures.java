package journey.cluster;

import java.io.Serializable;
import java.util.List;
import journey.data.ImageShape;
import journey.data.LabeledImages;

/** Pictures on their way to a worker: a data set of these alone, whatever it was taken from. */
record Pictures(ImageShape shape, byte[] pixels, int[] labels, List<String> classNames)
    implements Serializable {

  static Pictures of(LabeledImages images) {
    int features = images.shape().features();
    byte[] pixels = new byte[Math.multiplyExact(images.size(), features)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) images.value(i / features, i % features);
    }
    return new Pictures(images.shape(), pixels, images.labels(), images.classNames());
  }

  LabeledImages images() {
    return new LabeledImages(shape, pixels, labels, classNames);
  }
}
