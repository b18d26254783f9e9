/**
 * How good a network is, in numbers with intervals and in Tablesaw tables; and the history of a
 * training.
 */
package journey.metrics;
