/** How long work shows itself, and how it stops. */
package journey.progress;
