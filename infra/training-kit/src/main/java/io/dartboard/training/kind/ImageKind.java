package io.dartboard.training.kind;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.bilevel.Rehearsal;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.search.ImageRehearsal;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.train.TrainingSelfTest;
import io.dartboard.nas.preset.KnownNetworkPresets;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.Datasets;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.ReadySearch;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.image.ImageChecks;
import io.dartboard.training.image.ImageNetworks;
import io.dartboard.training.image.ImageRetraining;
import io.dartboard.training.image.ImageSearching;
import io.dartboard.training.image.PhotoTransfer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images, and convolutional cells. */
public record ImageKind() implements Kind {
    @Override
    public String title() {
        return "images";
    }

    @Override
    public Task task() {
        return Task.IMAGE_CLASSIFICATION;
    }

    @Override
    public SearchSpace usualSpace() {
        return CnnSpace.DARTS;
    }

    @Override
    public Preset usual(SearchSpace space, Section section) {
        var around = KnownNetworkPresets.around(space);
        var isOfBenchmark = space instanceof NasBench201Space;
        return switch (section) {
            case SEARCH ->
                around.map(KnownNetworkPresets::search)
                        .orElse(isOfBenchmark ? Presets.NAS_BENCH_201_SEARCH : Presets.SEARCH);
            case SELECTION ->
                around.map(KnownNetworkPresets::selection)
                        .orElse(isOfBenchmark ? Presets.NAS_BENCH_201_SELECTION : Presets.SELECTION);
            case EVALUATION ->
                around.map(KnownNetworkPresets::evaluation)
                        .orElse(isOfBenchmark ? Presets.NAS_BENCH_201_EVALUATION : Presets.EVALUATION);
            case TRANSFER -> Presets.TRANSFER;
        };
    }

    @Override
    public Set<Layout> searched() {
        return Set.of(Layout.CIFAR_BINARY, Layout.IMAGE_FOLDER);
    }

    @Override
    public Layout transferred() {
        return Layout.IMAGE_FOLDER;
    }

    @Override
    public Set<String> readBeside() {
        return BoundSettings.BESIDE_IMAGES;
    }

    @Override
    public boolean hasRecurrentSettings() {
        return false;
    }

    @Override
    public String cannotBeReadByOthers() {
        return "holds images, which a recurrent cell cannot read: give a cell of space darts-cnn or a text";
    }

    @Override
    public String cannotBeTrainedSo() {
        return "holds images, but the settings have those of a recurrent cell: start from a preset for images";
    }

    @Override
    public void require(SearchSettings search, DatasetPublished dataset) {
        ImageChecks.search(search, dataset);
    }

    @Override
    public void requireSelection(SearchSpace space, RetrainSettings selection, DatasetPublished dataset) {
        ImageChecks.selection((ConvolutionalSpace) space, selection, dataset);
    }

    @Override
    public void requireEvaluation(SearchSpace space, RetrainSettings evaluation, DatasetPublished dataset) {
        ImageChecks.evaluation((ConvolutionalSpace) space, evaluation, dataset);
    }

    @Override
    public void requireTransferable(SearchSpace space) {
        Stem.IMAGENET.require((ConvolutionalSpace) space, false);
    }

    @Override
    public void requireTransfer(SearchSpace space, TransferSettings transfer, DatasetPublished target) {
        ImageChecks.transfer((ConvolutionalSpace) space, transfer, target);
    }

    @Override
    public void requireDepth(SearchSettings search, int cells) {
        ImageChecks.depth(search, cells);
    }

    @Override
    public void requireDepth(String genotype, int cells) {
        ImageChecks.depth(genotype, cells);
    }

    @Override
    public SearchSpace spaceOf(String genotype) {
        return NasBench201Genotype.hasForm(genotype) ? NasBench201Space.PUBLISHED : usualSpace();
    }

    @Override
    public byte[] onnx(Safetensors weights) {
        return ImageNetworks.onnx(weights);
    }

    @Override
    public NetworkCeiling ceiling(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling) {
        return ImageNetworks.ceiling(evaluation, dataset, ceiling);
    }

    @Override
    public NetworkCeiling ceiling(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        return ImageNetworks.ceiling(transfer, target, ceiling);
    }

    @Override
    public List<SearchMethod> methods() {
        return ImageSearch.METHODS;
    }

    @Override
    public Rehearsal rehearsal() {
        return new ImageRehearsal();
    }

    @Override
    public Optional<String> trainingSelfTest(Compute compute) {
        return new TrainingSelfTest(compute).run();
    }

    @Override
    public ReadySearch search(SearchJob job, Datasets datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return ImageSearching.prepare(job, datasets.images(), compute, preparation);
    }

    @Override
    public ReadyTraining<GenotypeRetrained.Builder> retraining(
            EvaluationJob job, Datasets datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return ImageRetraining.prepare(job, datasets.images(), compute, preparation);
    }

    @Override
    public ReadyTraining<GenotypeTransferred.Builder> transfer(
            TransferJob job, Datasets datasets, Compute compute, Preparation preparation, Runnable metCorrupt)
            throws InterruptedException {
        return PhotoTransfer.prepare(job, datasets.photos(), compute, preparation, metCorrupt);
    }
}
