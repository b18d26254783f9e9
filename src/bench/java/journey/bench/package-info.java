/**
 * Benchmarks: JMH for the pieces of a training step, and whole epochs for the comparison that
 * {@code environment/bench} makes. Timings stand here and nowhere in the tests.
 */
package journey.bench;
