/**
 * The one place that turns an array into a native address, keeps it alive while native code reads
 * it, copies rows, and knows whether there is room.
 *
 * <p>For the library, not for notebooks: Java has no way to open a package to some packages only,
 * so each method checks what it gets, and a test keeps the notebooks away.
 */
package journey.memory;
