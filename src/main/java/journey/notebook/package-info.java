/**
 * What only a notebook needs: budgets and settings, where its files go, tables as HTML, the record
 * of its results, a pad to draw in.
 */
package journey.notebook;
