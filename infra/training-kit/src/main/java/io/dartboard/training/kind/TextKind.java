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
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.search.TextRehearsal;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.train.RecurrentTrainingSelfTest;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.Datasets;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.ReadySearch;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.text.TextChecks;
import io.dartboard.training.text.TextNetworks;
import io.dartboard.training.text.TextRetraining;
import io.dartboard.training.text.TextSearching;
import io.dartboard.training.text.TextTransfer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Texts, and recurrent cells. */
public record TextKind() implements Kind {
    @Override
    public String title() {
        return "texts";
    }

    @Override
    public Task task() {
        return Task.LANGUAGE_MODEL;
    }

    @Override
    public SearchSpace usualSpace() {
        return RecurrentSpace.DARTS;
    }

    @Override
    public Preset usual(SearchSpace space, Section section) {
        return switch (section) {
            case SEARCH -> Presets.TEXT_SEARCH;
            case SELECTION -> Presets.TEXT_SELECTION;
            case EVALUATION -> Presets.TEXT_EVALUATION;
            case TRANSFER -> Presets.TEXT_TRANSFER;
        };
    }

    @Override
    public Set<Layout> searched() {
        return Set.of(Layout.TOKEN_CORPUS);
    }

    @Override
    public Layout transferred() {
        return Layout.TOKEN_CORPUS;
    }

    @Override
    public Set<String> readBeside() {
        return BoundSettings.BESIDE_TEXTS;
    }

    @Override
    public boolean hasRecurrentSettings() {
        return true;
    }

    @Override
    public String cannotBeReadByOthers() {
        return "is a text, which a convolutional cell cannot read: give a cell of space darts-rnn or a dataset of images";
    }

    @Override
    public String cannotBeTrainedSo() {
        return "is a text, but the settings lack those of a recurrent cell: start from a preset for texts";
    }

    @Override
    public void require(SearchSettings search, DatasetPublished dataset) {
        TextChecks.search(search, dataset);
    }

    @Override
    public void requireSelection(SearchSpace space, RetrainSettings selection, DatasetPublished dataset) {
        TextChecks.selection(selection, dataset);
    }

    @Override
    public void requireEvaluation(SearchSpace space, RetrainSettings evaluation, DatasetPublished dataset) {
        TextChecks.evaluation(evaluation, dataset);
    }

    @Override
    public void requireTransfer(SearchSpace space, TransferSettings transfer, DatasetPublished target) {
        TextChecks.transfer(transfer, target);
    }

    @Override
    public SearchSpace spaceOf(String genotype) {
        return usualSpace();
    }

    @Override
    public byte[] onnx(Safetensors weights) {
        return TextNetworks.onnx(weights);
    }

    @Override
    public NetworkCeiling ceiling(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling) {
        return TextNetworks.ceiling(evaluation, dataset, ceiling);
    }

    @Override
    public NetworkCeiling ceiling(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        return TextNetworks.ceiling(transfer, target, ceiling);
    }

    @Override
    public List<SearchMethod> methods() {
        return TextSearch.METHODS;
    }

    @Override
    public Rehearsal rehearsal() {
        return new TextRehearsal();
    }

    @Override
    public Optional<String> trainingSelfTest(Compute compute) {
        return new RecurrentTrainingSelfTest(compute).run();
    }

    @Override
    public ReadySearch search(SearchJob job, Datasets datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return TextSearching.prepare(job, datasets.texts(), compute, preparation);
    }

    @Override
    public ReadyTraining<GenotypeRetrained.Builder> retraining(
            EvaluationJob job, Datasets datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return TextRetraining.prepare(job, datasets.texts(), compute, preparation);
    }

    @Override
    public ReadyTraining<GenotypeTransferred.Builder> transfer(
            TransferJob job, Datasets datasets, Compute compute, Preparation preparation, Runnable metCorrupt)
            throws InterruptedException {
        return TextTransfer.prepare(job, datasets.texts(), compute, preparation);
    }
}
