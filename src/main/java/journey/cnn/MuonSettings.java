package journey.cnn;

import java.io.Serializable;

/**
 * How fast {@link Muon} moves the filters of a network.
 *
 * @param rate the peak of the learning rate; 0 if Muon is not used
 * @param momentum μ, the share of its momentum that a filter keeps, from 0 to below 1
 */
public record MuonSettings(double rate, double momentum) implements Serializable {

  /** The filters learn by the recipe's updater, as everything else does. */
  public static final MuonSettings NONE = new MuonSettings(0, 0);

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public MuonSettings {
    Recipe.require(rate >= 0 && Double.isFinite(rate), "rate of Muon", "at least 0", rate);
    Recipe.require(momentum >= 0 && momentum < 1, "momentum of Muon", "in [0, 1)", momentum);
  }

  /** Whether there is anything for Muon to move. */
  public boolean on() {
    return rate > 0;
  }
}
