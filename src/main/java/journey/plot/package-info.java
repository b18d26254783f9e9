/** Pictures for the notebooks, one class for each kind, all in the colours of one theme. */
package journey.plot;
