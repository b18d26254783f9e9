/**
 * The same work on many machines, which Apache Spark schedules, ships and tries again: the trials
 * of a search, the shards of an {@link journey.cnn.AveragedTraining}, predictions. Compiled and on
 * the class path only after {@code environment/setup --spark}.
 *
 * <p>What travels to a worker must be a named class of the class path: one that a notebook's cell
 * declares exists in the kernel only.
 */
package journey.cluster;
