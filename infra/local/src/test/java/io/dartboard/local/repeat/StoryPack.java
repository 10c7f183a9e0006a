package io.dartboard.local.repeat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.view.RunStory;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The story of a run on a text that ends with a promotion, with alphas, and with weights that lie in a store. */
final class StoryPack {
    static final RunStory STORY = RunStory.TEXT;

    private StoryPack() {}

    static List<SpecificRecord> events(String run, ArtifactStore store) {
        var network = new RecurrentNetwork(RecurrentGenotype.parse(STORY.cell()), 20, 6);
        var tensors = network.layout().named("", network.layout().initial(new RandomStreams(1).stream("weights")));
        var facts = Map.of("network", "recurrent", "width", "6", "vocabulary", "20", "genotype", STORY.cell());
        var weights = store.put("weights", new Safetensors(tensors, facts).toBytes());
        return STORY.wholeRun(run).stream()
                .map(event -> event instanceof GenotypeRetrained retrained
                        ? GenotypeRetrained.newBuilder(retrained)
                                .setWeights(weights)
                                .build()
                        : event)
                .map(event -> event instanceof AlphaCheckpointed told ? withAlphas(told, 0.1f) : event)
                .toList();
    }

    static AlphaCheckpointed withAlphas(AlphaCheckpointed told, float last) {
        return AlphaCheckpointed.newBuilder(told)
                .setAlphas(List.of(new AlphaMatrix("recurrent", 1, 3, List.of(1e-3f, -0.5f, last))))
                .build();
    }
}
