package io.dartboard.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.bilevel.Composition;
import io.dartboard.nas.bilevel.NoisyPatterns;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchParts;
import io.dartboard.nas.bilevel.SignSchedule;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.image.train.Transfer;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.SmallTextSearch;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.text.train.RecurrentTraining;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.EpochScore;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome;
import io.dartboard.nas.train.TrainingRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The facts by which each kind of run knows its snapshots again. Those of release 0.3.0 were recorded from it: what they
 * name must be gone on with. Those of today are pinned: whoever moves one ends every job that is under way.
 */
class SnapshotFactsTest {
    private static final Compute CPU = new Compute(Device.cpu(), 2);

    private static final Map<String, String> OLD_SEARCH_ON_IMAGES = Map.of(
            "search.space",
            "darts-cnn",
            "search.method",
            "darts-first-order",
            "search.seed",
            "1",
            "search.config",
            "SearchConfig[channels=2, cells=3, epochs=2, batchSize=4, trainPortion=0.5, learningRate=0.025,"
                    + " learningRateMin=0.001, momentum=0.9, weightDecay=3.0E-4, gradientClip=5.0,"
                    + " alphas=AdamSettings[learningRate=3.0E-4, beta1=0.5, beta2=0.999, weightDecay=0.001], cutout=0]");
    private static final Map<String, String> OLD_SEARCH_ON_TEXT = Map.of(
            "search.space",
            "darts-rnn",
            "search.method",
            "darts-first-order",
            "search.seed",
            "1",
            "search.corpus",
            "1e9db5418260c279c953bd264aef8ec371a4ab99e41b3efce3e0a462d4a72399",
            "search.config",
            "RecurrentSearchConfig[width=8, epochs=2, batchSize=4, bptt=10, learningRate=10.0, weightDecay=5.0E-7,"
                    + " gradientClip=0.25, dropouts=Dropouts[words=0.1, inputs=0.1, cellInputs=0.1, hidden=0.1,"
                    + " outputs=0.1], penalties=LanguageLoss[activation=0.1, temporal=0.001],"
                    + " alphas=AdamSettings[learningRate=0.003, beta1=0.9, beta2=0.999, weightDecay=0.001]]");
    private static final String OLD_FULL = "980cc0f2e0b23395518ed3de8249399a546c61efe047a693755bd903a92e1478";
    private static final String OLD_SELECTION = "f1576ad0b71e0521d22b2f0bc7ab3e3242c24d3a4384a1df4eaabfc4f1926463";
    private static final String OLD_TRANSFER = "9b1742ed6ecfab2146f88cc9ba8aeb1f93cfac7fbaf2f3e5f0eec38e5f70fbce";
    private static final String OLD_FULL_ON_TEXT = "00bb7a89c21a4acd810af2e270dd83e4b5d52be0c4b8d9127ea15ef3172a655f";
    private static final String OLD_SELECTION_ON_TEXT =
            "bf1a1b5f3705429671c5e85337264b9aed19226d99a1c4295eb161875d212916";

    private static final String SETTINGS_IMAGES = """
            config.alphas.beta1=0.5
            config.alphas.beta2=0.999
            config.alphas.learningRate=3.0E-4
            config.alphas.weightDecay=0.001
            config.batchSize=4
            config.cells=3
            config.channels=2
            config.cutout=0
            config.epochs=2
            config.gradientClip=5.0
            config.learningRate=0.025
            config.learningRateMin=0.001
            config.momentum=0.9
            config.trainPortion=0.5
            config.weightDecay=3.0E-4
            data=made
            images.train=12
            images.valid=10
            method=darts-first-order
            seed=1
            space=darts-cnn""";
    private static final String METHODS = """
            darts-first-order {gradient=first-order} {}
            darts-second-order {gradient=unrolled} {radius=0.01}
            beta-darts {gradient=first-order, penalty=beta-decay} {betaDecay=50.0}
            idarts {gradient=implicit, gate=inner-steps} {hessianRadius=0.01, innerSteps=5.0, neumannTerms=2.0, radius=0.01}
            sdarts-rs {gradient=first-order, perturbation=uniform} {perturbationFrom=0.03, perturbationTo=0.3}
            sdarts-adv {gradient=first-order, perturbation=adversarial} {perturbationFrom=0.03, perturbationSteps=7.0, \
            perturbationTo=0.3}
            darts-minus {gradient=first-order, edges=auxiliary-skip} {auxiliarySkip=1.0}
            lambda-darts {gradient=first-order, weightPenalty=layer-alignment} {alignmentRadius=1.0E-4, layerAlignment=0.125}
            oles {gradient=first-order, freeze=gradient-matching} {freezeBelow=0.4, matchedSteps=20.0}
            pc-darts {gradient=first-order, edges=partial-channels, gate=warm-up, derivation=edge-weighted} \
            {alphaWarmup=0.3, partialChannels=4.0}
            gdas {gradient=first-order, relaxation=hard-gumbel} {temperatureFrom=10.0, temperatureTo=0.1}
            snas {gradient=first-order, relaxation=gumbel-softmax} {temperatureFrom=1.0, temperatureTo=0.03}
            reinmax {gradient=first-order, relaxation=reinmax} {reinMaxTemperature=1.0}
            drnas {gradient=first-order, relaxation=dirichlet, penalty=dirichlet-pull} {dirichletPull=0.001}
            darts-pt {gradient=first-order, derivation=perturbation} {tuneEpochs=5.0}
            p-darts {gradient=first-order, derivation=restricted-skips, stages=progressive} {firstSkipDropout=0.0, mostSkips=2.0, \
            secondCandidates=5.0, secondSkipDropout=0.4, stageCells=6.0, stageWarmup=0.4, thirdCandidates=3.0, thirdSkipDropout=0.7}
            fairdarts {gradient=first-order, relaxation=sigmoid, penalty=zero-one, initial=zero, \
            derivation=threshold-sparse} {threshold=0.85, zeroOneWeight=10.0}
            fairdarts-edge {gradient=first-order, relaxation=sigmoid, penalty=zero-one, initial=zero, \
            derivation=threshold-edge} {threshold=0.85, zeroOneWeight=10.0}
            d-darts {gradient=first-order, relaxation=sigmoid, penalty=cell-zero-one, alphas=by-cell, schedule=cosine, \
            initial=zero, derivation=threshold-sparse} {alphaLearningRateMin=0.001, threshold=0.85, zeroOneWeight=9.0}
            d-darts-edge {gradient=first-order, relaxation=sigmoid, penalty=cell-zero-one, alphas=by-cell, \
            schedule=cosine, initial=zero, derivation=threshold-edge} {alphaLearningRateMin=0.001, threshold=0.85, zeroOneWeight=9.0}
            d-darts-ablation {gradient=marginal-contributions, relaxation=sigmoid, penalty=cell-zero-one, alphas=by-cell, \
            schedule=cosine, initial=zero, derivation=threshold-sparse} {ablationWeight=0.7, alphaLearningRateMin=0.001, \
            threshold=0.85, zeroOneWeight=9.0}
            dartopti {gradient=first-order, relaxation=sigmoid, penalty=cell-zero-one, gate=warm-up-epochs, alphas=by-cell, \
            schedule=cosine, initial=known-network, derivation=threshold-sparse, stop=settled-distance} {alphaLearningRateMin=0.001, \
            alphaWarmupEpochs=5.0, settledAfter=5.0, settledEpochs=4.0, settledWithin=0.001, startAlpha=10.0, threshold=0.85, zeroOneWeight=9.0}
            dartopti-edge {gradient=first-order, relaxation=sigmoid, penalty=cell-zero-one, gate=warm-up-epochs, alphas=by-cell, \
            schedule=cosine, initial=known-network, derivation=threshold-edge, stop=settled-distance} {alphaLearningRateMin=0.001, \
            alphaWarmupEpochs=5.0, settledAfter=5.0, settledEpochs=4.0, settledWithin=0.001, startAlpha=10.0, threshold=0.85, zeroOneWeight=9.0}
            darts-second-order-as-published {gradient=PublishedUnrolled} {radius=0.01}""";
    private static final String SETTINGS_TEXT = """
            config.alphas.beta1=0.9
            config.alphas.beta2=0.999
            config.alphas.learningRate=0.003
            config.alphas.weightDecay=0.001
            config.batchSize=4
            config.bptt=10
            config.dropouts.cellInputs=0.1
            config.dropouts.hidden=0.1
            config.dropouts.inputs=0.1
            config.dropouts.outputs=0.1
            config.dropouts.words=0.1
            config.epochs=2
            config.gradientClip=0.25
            config.learningRate=10.0
            config.penalties.activation=0.1
            config.penalties.temporal=0.001
            config.weightDecay=5.0E-7
            config.width=8
            data=1e9db5418260c279c953bd264aef8ec371a4ab99e41b3efce3e0a462d4a72399
            method=darts-first-order
            seed=1
            space=darts-rnn""";
    private static final String SETTINGS_FULL = """
            config.auxiliaryWeight=0.4
            config.batchSize=8
            config.cells=4
            config.channels=2
            config.clip=5.0
            config.cutoutLength=16
            config.dropPathProbability=0.3
            config.epochs=2
            config.labelSmoothing=0.0
            config.learningRate=0.025
            config.learningRateMin=0.0
            config.momentum=0.9
            config.weightDecay=3.0E-4
            data=e77aff66d0d9d20433ed0f3020ce26053952e3f5deaa4d46aa3b2134b192fbaf
            genotype=Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0), \
            ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), \
            ('skip_connect', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', \
            1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0), ('skip_connect', 2), \
            ('skip_connect', 2), ('avg_pool_3x3', 0)], reduce_concat=[2, 3, 4, 5])
            images.heldOut=10
            images.train=20
            purpose=full
            seed=7""";
    private static final String SETTINGS_FULL_ON_TEXT = """
            config.batchSize=4
            config.bptt=12
            config.dropouts.cellInputs=0.2
            config.dropouts.hidden=0.1
            config.dropouts.inputs=0.1
            config.dropouts.outputs=0.2
            config.dropouts.words=0.1
            config.epochs=7
            config.gradientClip=0.25
            config.learningRate=60.0
            config.patience=1
            config.penalties.activation=0.1
            config.penalties.temporal=0.001
            config.weightDecay=1.0E-6
            config.width=12
            data=aed111a42183df881d3830080e56c2bc69ca896c4f5e1ed6288e21fb06a00b43
            genotype=Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1), ('identity', 1), \
            ('tanh', 2), ('sigmoid', 5), ('tanh', 3), ('relu', 5)], concat=range(1, 9))
            purpose=full
            seed=7""";

    @TempDir
    Path dir;

    @Test
    void shouldKnowTheSnapshotOfASearchOnImages() {
        Snapshot today = begun(images("made"));

        assertThat(today.content().fact("settings")).isEqualTo(SETTINGS_IMAGES);
        assertThat(today.content().facts()).containsAllEntriesOf(OLD_SEARCH_ON_IMAGES);
        goesOnFrom(images("made"), with(today, OLD_SEARCH_ON_IMAGES));
        goesOnFrom(images("made"), today);
    }

    /** What a method means is pinned: a search that is under way by its name is gone on with as it was begun. */
    @Test
    void shouldMeanTheSameByEveryMethodAsWhenItCame() {
        assertThat(Stream.concat(ImageSearch.METHODS.stream(), Stream.of(TextSearch.DARTS_AS_PUBLISHED))
                        .map(method -> "%s %s %s".formatted(method.id(), SearchParts.of(method), method.parameters())))
                .containsExactlyElementsOf(METHODS.lines().toList());
    }

    @Test
    void shouldKnowTheSnapshotOfASearchByPartsAndParametersThatAreGiven() {
        SearchMethod method = Composition.of("beta-darts", Map.of("perturbation", "uniform"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS)
                .with(Map.of("betaDecay", 25.0));
        Snapshot today = begun(images("made", method));

        assertThat(today.content().fact("settings"))
                .isEqualTo(SETTINGS_IMAGES.replace(
                        "method=darts-first-order", "method=beta-darts+perturbation:uniform\nmethod.betaDecay=25.0"));
        goesOnFrom(images("made", method), today);
        assertThatThrownBy(() -> SearchLoop.resume(images("made", SearchMethods.BETA_DARTS), today))
                .hasMessageContaining("method was beta-darts+perturbation:uniform, now beta-darts");
    }

    @Test
    void shouldKnowTheSnapshotOfASearchOnText() {
        Snapshot today;
        try (SearchLoop loop = SearchLoop.start(text(1))) {
            today = loop.snapshot();
        }

        assertThat(today.content().fact("settings")).isEqualTo(SETTINGS_TEXT);
        assertThat(today.content().facts()).containsAllEntriesOf(OLD_SEARCH_ON_TEXT);
        SearchLoop.resume(text(1), with(today, OLD_SEARCH_ON_TEXT)).close();
        assertThatThrownBy(() -> SearchLoop.resume(text(2), with(today, OLD_SEARCH_ON_TEXT)))
                .hasMessage("the snapshot belongs to another search: search.seed was 1, now 2");
    }

    @Test
    void shouldRefuseASearchOnOtherImagesByTheirDigest() {
        Snapshot other = begun(images("other"));

        assertThatThrownBy(() -> SearchLoop.resume(images("made"), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot belongs to another search: data was other, now made");
    }

    @Test
    void shouldSearchAfreshWhereWhatIsKeptIsOfAnotherSearch() {
        byte[] other = begun(images("other")).bytes();
        for (byte[] kept : new byte[][] {other, {1, 2, 3}}) {
            try (SearchLoop loop = SearchLoop.from(images("made"), SignSchedule.NONE, Optional.of(kept))) {
                assertThat(loop.snapshot()).isEqualTo(begun(images("made")));
            }
        }
        try (SearchLoop loop = SearchLoop.from(text(1), SignSchedule.NONE, Optional.of(other))) {
            assertThat(loop.snapshot().globalStep()).isZero();
        }
    }

    @Test
    void shouldKnowTheSnapshotsOfRetrainings() throws IOException {
        MadeShapes.writeCifar(dir, 20, 10, 1);
        PixelSet set = CifarBinary.read(dir).pixels();
        RetrainConfig config = new RetrainConfig(2, 4, 2, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0);
        TrainingLoop<EpochReport> full = Retraining.full(PublishedGenotypes.DARTS_V1, config, set, 0, 7, CPU);
        TrainingLoop<EpochReport> selection =
                Retraining.selection(PublishedGenotypes.DARTS_V1, config, set, 0, 0.5, 7, CPU);

        Snapshot snapshot = goesOn(full, OLD_FULL);
        goesOn(selection, OLD_SELECTION);

        assertThat(snapshot.content().fact("settings")).isEqualTo(SETTINGS_FULL);
        assertThatThrownBy(() -> selection.resume(snapshot, new TrainingRecorder<>()))
                .hasMessage("the snapshot belongs to another training: images.train was 20, now 10; purpose was full,"
                        + " now selection of 0.5");
    }

    @Test
    void shouldKnowTheSnapshotOfATransfer() throws IOException {
        MadeScenes.writeImageFolder(dir, 3, 2, 40, 1);
        TransferConfig config = new TransferConfig(4, 3, 2, 8, 0.1, 0.97, 0.9, 3e-5, 5, 0, 0, 0.1, 32, 0);
        ImageFolder folder = ImageFolder.open(dir, "d".repeat(64), () -> {});

        Snapshot snapshot = goesOn(Transfer.of(PublishedGenotypes.DARTS_V1, config, folder, 20, 5, CPU), OLD_TRANSFER);

        assertThat(snapshot.content().fact("settings"))
                .contains("config.resolution=32", "data=" + "d".repeat(64), "purpose=transfer", "seed=5");
    }

    @Test
    void shouldKnowTheSnapshotsOfTrainingsOnText() {
        RecurrentTrainConfig config = new RecurrentTrainConfig(
                12, 7, 4, 12, 60, 1e-6, 0.25, new Dropouts(0.1, 0.1, 0.2, 0.1, 0.2), new LanguageLoss(0.1, 1e-3), 1);
        var genotype = PublishedRecurrentGenotypes.DARTS_V2;
        var corpus = MadeCorpus.of(40, 10);

        Snapshot full = goesOn(RecurrentTraining.full(genotype, config, corpus, 7, CPU), OLD_FULL_ON_TEXT);
        goesOn(RecurrentTraining.selection(genotype, config, corpus, 7, CPU), OLD_SELECTION_ON_TEXT);

        assertThat(full.content().fact("settings")).isEqualTo(SETTINGS_FULL_ON_TEXT);
        assertThatThrownBy(() -> RecurrentTraining.selection(genotype, config, corpus, 7, CPU)
                        .resume(full, new TrainingRecorder<>()))
                .hasMessage("the snapshot belongs to another training: purpose was full, now selection");
    }

    private static Snapshot begun(ImageSearch setup) {
        try (SearchLoop loop = SearchLoop.start(setup)) {
            return loop.snapshot();
        }
    }

    private static void goesOnFrom(ImageSearch setup, Snapshot snapshot) {
        try (SearchLoop loop = SearchLoop.resume(setup, snapshot)) {
            assertThat(loop.snapshot()).isEqualTo(begun(setup));
        }
    }

    /** Goes on, one step, from a snapshot as release 0.3.0 wrote it. */
    private static <R extends EpochScore> Snapshot goesOn(TrainingLoop<R> loop, String old) {
        Snapshot today = stopped(loop.run(new TrainingRecorder<>(1, Directive.STOP)));
        assertThat(today.content().fact("fingerprint")).isEqualTo(old);
        Map<String, String> facts = new HashMap<>(Map.of("fingerprint", old));
        Optional.ofNullable(today.content().facts().get("images")).ifPresent(count -> facts.put("images", count));
        Snapshot further = stopped(loop.resume(with(today, facts), new TrainingRecorder<>(2, Directive.STOP)));
        assertThat(further.globalStep()).isEqualTo(2);
        facts.put("fingerprint", "0");
        assertThatThrownBy(() -> loop.resume(with(today, facts), new TrainingRecorder<>()))
                .hasMessage("the snapshot belongs to another training: fingerprint was 0, now " + old);
        return today;
    }

    private static <R extends EpochScore> Snapshot stopped(TrainingOutcome<R> outcome) {
        return ((TrainingOutcome.Stopped<R>) outcome).snapshot();
    }

    private static Snapshot with(Snapshot snapshot, Map<String, String> facts) {
        return new Snapshot(
                snapshot.epoch(),
                snapshot.step(),
                snapshot.globalStep(),
                new Safetensors(snapshot.content().tensors(), new HashMap<>(facts)));
    }

    private static ImageSearch images(String digest) {
        return images(digest, SearchMethods.DARTS_FIRST_ORDER);
    }

    private static ImageSearch images(String digest, SearchMethod method) {
        SearchConfig config = new SearchConfig(
                2, 3, 2, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(10, 8), digest);
        return new ImageSearch(Device.cpu(), CnnSpace.DARTS, method, config, images, 1, 2);
    }

    private static TextSearch text(long seed) {
        RecurrentSearchConfig config = SmallTextSearch.of(2, 4);
        return new TextSearch(
                Device.cpu(),
                RecurrentSpace.DARTS,
                SearchMethods.DARTS_FIRST_ORDER,
                config,
                MadeCorpus.of(24, 12),
                seed);
    }
}
