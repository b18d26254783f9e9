/** Which backend runs, the switches that make it fast, and the line a notebook prints about it. */
package journey.engine;
