/**
 * Figures about how good a network is, with intervals, as tables; and what training went through.
 */
package journey.metrics;
