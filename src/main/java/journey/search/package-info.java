/**
 * The search for hyper-parameters: a {@link journey.search.Space} of them, {@link
 * journey.search.Searcher}s that choose which to try, and a {@link journey.search.Study} that tries
 * them, here or elsewhere ({@link journey.search.TrialRunner}), and keeps what came of it. The
 * higher a score, the better; of a loss, take the negative.
 */
package journey.search;
