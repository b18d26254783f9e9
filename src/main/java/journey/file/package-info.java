/**
 * Where the project lies and where it writes; reading only what is a file, and writing so that
 * nobody ever sees half of one.
 */
package journey.file;
