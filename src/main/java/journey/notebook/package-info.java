/** What only a notebook needs: budgets and settings, tables as HTML, the record of its results. */
package journey.notebook;
