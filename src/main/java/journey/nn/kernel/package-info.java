/**
 * What the hand-written networks stand on and no notebook shows: fast products, formulas over
 * chunks of memory, buffers, checks, and NumPy's file format. Knows nothing of the networks.
 */
package journey.nn.kernel;
