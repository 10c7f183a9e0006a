package io.dartboard.local.show;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.pipeline.score.Scale;
import java.util.List;
import java.util.Optional;

/** How what was measured is written for people. */
enum MeasureText {
    ERROR {
        @Override
        TextTable searches() {
            return new TextTable(
                    "rrrrrrrlr", "seed", "epochs", "loss", "accuracy", "entropy", "skips", "changed", "cell", "device");
        }

        @Override
        String searchesMean() {
            return "loss and accuracy of the supernet on the validation half; entropy of the alphas in nats, skip"
                    + " connections, both of the normal cell; genes changed by the last epoch";
        }

        @Override
        List<String> signsColumn(Optional<GenotypeDerived> derived) {
            return List.of(derived.map(genotype -> Integer.toString(genotype.getNormalSkips()))
                    .orElse("–"));
        }

        @Override
        String firstCell() {
            return "normal";
        }

        @Override
        String judgedEpoch() {
            return "last epoch";
        }

        @Override
        String supernetTitle() {
            return "accuracy";
        }

        @Override
        String supernet(AlphaCheckpointed checkpoint) {
            return Quantity.share(checkpoint.getValidAccuracy());
        }

        @Override
        String signs(GenotypeDerived derived) {
            return ", skip connections in the normal cell: " + derived.getNormalSkips();
        }

        @Override
        List<String> transferTitles() {
            return List.of("top-1 error", "top-5 error");
        }

        @Override
        List<String> transfer(GenotypeTransferred transferred, Optional<String> baseline) {
            return List.of(
                    Quantity.percent(transferred.getTop1ErrorPercent()),
                    Quantity.percent(transferred.getTop5ErrorPercent()));
        }

        @Override
        String transfer(GenotypeTransferred transferred) {
            return "top-1 error %s, top-5 error %s"
                    .formatted(
                            Quantity.percent(transferred.getTop1ErrorPercent()),
                            Quantity.percent(transferred.getTop5ErrorPercent()));
        }
    },

    PERPLEXITY {
        @Override
        TextTable searches() {
            return new TextTable(
                    "rrrrrrlr", "seed", "epochs", "loss", "perplexity", "entropy", "changed", "cell", "device");
        }

        @Override
        String searchesMean() {
            return "loss and perplexity of the supernet on the validation text; entropy of the alphas in nats; genes"
                    + " changed by the last epoch";
        }

        @Override
        List<String> signsColumn(Optional<GenotypeDerived> derived) {
            return List.of();
        }

        @Override
        String firstCell() {
            return "recurrent";
        }

        @Override
        String judgedEpoch() {
            return "best epoch by the validation text";
        }

        @Override
        String supernetTitle() {
            return "perplexity";
        }

        @Override
        String supernet(AlphaCheckpointed checkpoint) {
            return Quantity.perplexity(StrictMath.exp(checkpoint.getValidLoss()));
        }

        @Override
        String signs(GenotypeDerived derived) {
            return "";
        }

        @Override
        List<String> transferTitles() {
            return List.of("test perplexity", "unigram");
        }

        @Override
        List<String> transfer(GenotypeTransferred transferred, Optional<String> baseline) {
            return List.of(Quantity.perplexity(transferred.getPerplexity()), baseline.orElse("–"));
        }

        @Override
        String transfer(GenotypeTransferred transferred) {
            return "test perplexity " + Quantity.perplexity(transferred.getPerplexity());
        }
    };

    static MeasureText of(Measure measure) {
        return valueOf(Scale.shown(measure).name());
    }

    /** The empty table of searches. */
    abstract TextTable searches();

    /** What its columns mean. */
    abstract String searchesMean();

    /** Its columns of the signs of collapse: as many as it has. */
    abstract List<String> signsColumn(Optional<GenotypeDerived> derived);

    /** The group of alphas that stands for all. */
    abstract String firstCell();

    /** The epoch whose figure is told of a retraining. */
    abstract String judgedEpoch();

    /** What {@link #supernet} is. */
    abstract String supernetTitle();

    /** Of the supernet on what is held out for the alphas. */
    abstract String supernet(AlphaCheckpointed checkpoint);

    /** Signs of collapse of a cell, where it can have any; the text goes on from another. */
    abstract String signs(GenotypeDerived derived);

    /** What {@link #transfer(GenotypeTransferred, Optional)} is. */
    abstract List<String> transferTitles();

    /**
     * What a transfer came to.
     *
     * @param baseline the perplexity of guessing each word by its frequency
     */
    abstract List<String> transfer(GenotypeTransferred transferred, Optional<String> baseline);

    /** The same in a line. */
    abstract String transfer(GenotypeTransferred transferred);
}
