package journey.search;

import java.io.Serializable;

/**
 * What a searcher wants tried.
 *
 * @param number the number of the trial, from 1
 * @param seed for whatever is random in it; another in each trial
 * @param resource the share of a whole training that it gets, above 0 and up to 1
 */
public record Suggestion(int number, long seed, Parameters parameters, double resource)
    implements Serializable {}
