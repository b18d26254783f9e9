/** The networks, written by hand in ND4J: each class short enough to be shown in a notebook. */
package journey.nn;
