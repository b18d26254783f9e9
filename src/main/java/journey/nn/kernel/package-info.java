/** What makes the hand-written networks fast: products, and formulas over pieces of memory. */
package journey.nn.kernel;
