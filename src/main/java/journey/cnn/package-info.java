/** Convolutional networks in Deeplearning4j, and their training. */
package journey.cnn;
