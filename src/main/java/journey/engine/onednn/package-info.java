/**
 * Networks as sequences of oneDNN's primitives: forward, backward and inference on memory that the
 * caller owns. Knows neither ND4J nor Deeplearning4j.
 */
package journey.engine.onednn;
