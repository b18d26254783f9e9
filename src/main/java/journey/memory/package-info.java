/**
 * The one place that turns an array into a native address, keeps it alive while native code reads
 * it, and copies rows.
 */
package journey.memory;
