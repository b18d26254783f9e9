/**
 * Pictures for the notebooks, one class for each kind, all in the colours of one theme. A static
 * {@code of} makes a figure, methods that return it refine it, and {@code draw} draws it.
 */
package journey.plot;
