/** Which backend runs, what makes CNNs fast on it, and the line a notebook prints about it. */
package journey.engine;
