package io.dartboard.search.dataset;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.dataset.Contents;
import io.dartboard.nas.dataset.Inspection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How what was found in a dataset is told. */
final class ToldDataset {
    /** Labels that take more stand in the manifest alone: a record must fit into a topic, however many classes there are. */
    static final int MOST_LABEL_BYTES = 64 * 1024;

    private ToldDataset() {}

    /**
     * The event without name, version, task and archive; with labels only if they are few.
     *
     * @param contents of the inspection, which it counts anew whenever it is asked
     */
    static DatasetPublished.Builder of(Inspection inspection, Contents contents) {
        return DatasetPublished.newBuilder()
                .setLayout(Layout.valueOf(inspection.form().name()))
                .setDigest(inspection.digest())
                .setClasses(contents.classes())
                .setLabels(isSmall(contents.labels()) ? contents.labels() : List.of())
                .setChannels(contents.channels())
                .setHeight(contents.side())
                .setWidth(contents.side())
                .setTrainExamples(contents.train())
                .setValidExamples(contents.valid())
                .setTestExamples(contents.test())
                .setUnigramPerplexity(contents.unigramPerplexity())
                .setMean(contents.mean())
                .setDeviation(contents.deviation())
                .setSmallestClass(contents.smallestClass());
    }

    private static boolean isSmall(List<String> labels) {
        return labels.stream()
                        .mapToLong(label -> label.getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                <= MOST_LABEL_BYTES;
    }
}
