package journey.cnn;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.data.LabeledImages;

/**
 * Everything a training's result depends on: trainings with equal fingerprints end with the same
 * network.
 *
 * @param parts a text for each part, short enough for a message, by its name
 */
record Fingerprint(Map<String, String> parts) {

  private static final String PREFIX = "fingerprint.";

  static Fingerprint of(
      CnnArchitecture architecture,
      Recipe recipe,
      long seed,
      CnnClassifier classifier,
      LabeledImages train,
      LabeledImages validation) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("architecture", architecture.name());
    String origin = architecture.origin();
    if (!origin.isEmpty()) {
      parts.put("origin", origin);
    }
    parts.put("seed", "" + seed);
    parts.put("epochs", "" + recipe.epochs());
    parts.put("batch size", "" + recipe.batchSize());
    parts.put("updater", "" + recipe.updater());
    parts.put("weight decay", "" + recipe.weightDecay());
    parts.put("schedule", scheduleOf(recipe));
    parts.put("label smoothing", "" + recipe.labelSmoothing());
    parts.put("augmentation", "" + recipe.augmentation());
    parts.put("muon", "" + recipe.muon());
    parts.put("preprocessing", "" + classifier.preprocessing());
    parts.put("test-time augmentation", "" + classifier.augmentation());
    parts.put("training pictures", pictures(train));
    parts.put("validation pictures", pictures(validation));
    String configuration = architecture.configuration(recipe, seed).toJson();
    parts.put("configuration", Integer.toHexString(configuration.hashCode()));
    return new Fingerprint(parts);
  }

  /** The same with one part more. */
  Fingerprint with(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(parts);
    more.put(name, text);
    return new Fingerprint(more);
  }

  /** A function is known by its values only. */
  private static String scheduleOf(Recipe recipe) {
    return IntStream.rangeClosed(0, 20)
        .mapToObj(i -> String.format(Locale.ROOT, "%.6g", recipe.schedule().at(i / 20.0)))
        .collect(Collectors.joining(" "));
  }

  private static String pictures(LabeledImages images) {
    return images.size() + " with SHA-256 " + images.sha256();
  }

  /** The first part that differs in the properties of another training, if any does. */
  Optional<String> difference(Properties other) {
    return parts.entrySet().stream()
        .filter(p -> !Objects.equals(p.getValue(), other.getProperty(PREFIX + p.getKey())))
        .findFirst()
        .map(
            p ->
                "its %s is %s, but now it is %s"
                    .formatted(
                        p.getKey(),
                        other.getProperty(PREFIX + p.getKey(), "not in it"),
                        p.getValue()));
  }

  void addTo(Properties properties) {
    parts.forEach((name, text) -> properties.setProperty(PREFIX + name, text));
  }
}
