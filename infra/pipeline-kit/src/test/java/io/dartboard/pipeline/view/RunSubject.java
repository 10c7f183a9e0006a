package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import java.util.List;

/** What the run of a {@link RunStory} is on, and how it is judged. */
interface RunSubject {
    /** Name of the dataset. */
    String dataset();

    Measure measure();

    /** Seeds of the searches. */
    List<Long> searchSeeds();

    /** The authors' second-order cell. */
    String cell();

    /** What a search finds: that cell where its seed is 0. */
    String found(long seed);

    /** The cell with another gene changed. */
    String randomCell();

    /** Error in percent, or perplexity, of seed 0; that of seed 1 is by 1 higher. */
    double score(Stage stage, Origin origin);

    DatasetPublished.Builder published(DatasetPublished.Builder named);

    AlphaCheckpointed.Builder seen(AlphaCheckpointed.Builder checkpoint);

    GenotypeDerived.Builder derived(GenotypeDerived.Builder cell);

    SearchSettings searchSettings();

    RetrainSettings retrain(int epochs);

    TransferSettings transferSettings();
}
