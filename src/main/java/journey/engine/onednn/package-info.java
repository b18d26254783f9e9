/**
 * Networks as programs of oneDNN's primitives: forward pass, backward pass and inference on memory
 * that the caller owns. Knows neither ND4J nor Deeplearning4j.
 */
package journey.engine.onednn;
