/**
 * The one place that turns an array into a native address, keeps it alive while native code reads
 * it, copies rows, and knows whether there is room.
 */
package journey.memory;
