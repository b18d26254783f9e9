package journey.cluster;

import java.io.Serializable;

/**
 * What a picture shows.
 *
 * @param file the picture
 * @param className the class with the highest probability; null if the file cannot be read
 * @param probability the network's probability of that class; NaN if the file cannot be read
 * @param problem why it cannot be read, or null
 */
public record PicturePrediction(String file, String className, double probability, String problem)
    implements Serializable {}
