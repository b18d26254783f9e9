package journey.metrics;

import java.math.BigDecimal;
import java.math.MathContext;

/** A learning rate as text. */
public final class LearningRate {

  private static final MathContext THREE_DIGITS = new MathContext(3);

  private LearningRate() {}

  /** With at most three digits that count and no trailing zeros, such as {@code 0.0003}. */
  public static String text(double learningRate) {
    return new BigDecimal(learningRate).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
