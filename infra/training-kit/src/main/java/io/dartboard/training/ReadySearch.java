package io.dartboard.training;

import io.dartboard.events.Measure;
import io.dartboard.nas.bilevel.SearchSetup;

/**
 * A search whose dataset is open and of which all is refused that can be.
 *
 * @param measure by what an epoch is judged
 * @param setup what is searched
 */
public record ReadySearch(Measure measure, SearchSetup setup) {}
