/**
 * Networks written by hand in ND4J: layers, losses, optimizers, each class short enough to be shown
 * in a notebook. What makes them fast is in {@code journey.nn.kernel}.
 */
package journey.nn;
