package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.training.image.ImageNetworks;
import io.dartboard.training.text.TextNetworks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedWeightsTest {
    private static final DatasetPublished DATASET = Samples.dataset();

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void shouldTravelWithTheJobTheNetworkAndWhatTheTrainingSays() {
        var trained = new Safetensors(
                Map.of("classifier.bias", HostTensor.of(new float[] {1, 2}, 2)), Map.of("device", "cpu"));
        var job = new CellJob("e1", "Genotype(...)", DATASET, 7);

        var weights = TrainedWeights.of(job, trained, Map.of("network", "cifar"));

        assertThat(weights.file().tensors()).isEqualTo(trained.tensors());
        assertThat(weights.file().facts())
                .containsOnly(
                        Map.entry("device", "cpu"),
                        Map.entry("network", "cifar"),
                        Map.entry("genotype", "Genotype(...)"),
                        Map.entry("dataset", "tiny@v1"),
                        Map.entry("datasetDigest", DATASET.getDigest()),
                        Map.entry("job", "e1"),
                        Map.entry("seed", "7"));
    }

    @Test
    void shouldLieApartFromThoseOfOtherAttempts() {
        var weights = new TrainedWeights(new Safetensors(Map.of(), Map.of("seed", "7")));
        var identity = new JobIdentity("e1", "r1", 0, "evaluation", "evaluations/e1");
        try (var context = new FakeJobContext(identity, 3, store, work, Duration.ofHours(1), Clock.systemUTC())) {
            var stored = weights.put(store, context);

            assertThat(store.key(stored.getUri())).isEqualTo("evaluations/e1/weights/attempt-000003.safetensors");
            assertThat(Safetensors.read(store.get(stored))).isEqualTo(weights.file());
        }
    }

    @Test
    void shouldSayOfEachNetworkWhatItIsBuiltFrom() {
        assertThat(ImageNetworks.facts(RetrainConfig.paperCifar10(), DATASET, 32))
                .containsOnly(
                        Map.entry("network", "cifar"),
                        Map.entry("cells", "20"),
                        Map.entry("channels", "36"),
                        Map.entry("classes", "10"),
                        Map.entry("resolution", "32"),
                        Map.entry("mean", "[0.49139968, 0.48215827, 0.44653124]"),
                        Map.entry("deviation", "[0.24703233, 0.24348505, 0.26158768]"));
        assertThat(ImageNetworks.facts(TransferConfig.paperImageNet(), DATASET))
                .containsOnly(
                        Map.entry("network", "imagenet"),
                        Map.entry("cells", "14"),
                        Map.entry("channels", "48"),
                        Map.entry("classes", "10"),
                        Map.entry("resolution", "224"));
        assertThat(TextNetworks.facts(RecurrentTrainConfig.paperWikiText2(), DATASET))
                .containsOnly(
                        Map.entry("network", "recurrent"), Map.entry("width", "700"), Map.entry("vocabulary", "10"));
    }
}
