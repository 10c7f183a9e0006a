package io.dartboard.search.request;

import io.dartboard.pipeline.config.PipelineConfig;

/**
 * What the configuration says of requests.
 *
 * @param guardActs whether the guard of a search acts of which a run file says nothing
 * @param price what devices cost
 */
public record RequestTerms(boolean guardActs, DevicePrice price) {

    /** From the configuration. */
    public static RequestTerms of(PipelineConfig config) {
        return new RequestTerms(config.guard().act(), DevicePrice.of(config));
    }
}
