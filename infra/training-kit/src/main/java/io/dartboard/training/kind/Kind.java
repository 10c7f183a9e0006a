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
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.Datasets;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.ReadySearch;
import io.dartboard.training.ReadyTraining;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What networks are trained on, and all that follows from it. Whoever holds a dataset, a space, a preset or a job asks here of
 * which kind it is, and then asks the kind: nobody else asks what kind it is.
 */
public sealed interface Kind permits ImageKind, TextKind {
    Kind IMAGES = new ImageKind();
    Kind TEXTS = new TextKind();

    /** All there are. */
    static List<Kind> all() {
        return List.of(IMAGES, TEXTS);
    }

    /** The kind of data that cells of a space are for. */
    static Kind of(SearchSpace space) {
        return space instanceof RecurrentSpace ? TEXTS : IMAGES;
    }

    /** The kind of data that a preset is a recipe for. */
    static Kind of(Preset preset) {
        return of(SearchSpace.of(preset.space()));
    }

    /** The kind of a dataset; empty for one whose task is of a later version. */
    static Optional<Kind> of(DatasetPublished dataset) {
        return all().stream().filter(kind -> kind.task() == dataset.getTask()).findFirst();
    }

    /** The kind of data that a cell is for, by its text form. */
    static Kind ofCell(String genotype) {
        return RecurrentGenotype.isMeantBy(genotype) ? TEXTS : IMAGES;
    }

    /**
     * The kind of a search. That its dataset, space and settings are of one kind is checked here, before any of them is read.
     *
     * @throws JobRefused if they are not, or there is no such space
     */
    static Kind of(SearchJob job) {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> SearchSpace.of(settings.getSpace()));
        return of(job.getDataset(), of(space), settings.getRecurrent());
    }

    /** The kind of a retraining; as {@link #of(SearchJob)}. */
    static Kind of(EvaluationJob job) {
        return of(job.getDataset(), ofCell(job.getGenotype()), job.getSettings().getRecurrent());
    }

    /** The kind of a transfer; as {@link #of(SearchJob)}. */
    static Kind of(TransferJob job) {
        return of(job.getDataset(), ofCell(job.getGenotype()), job.getSettings().getRecurrent());
    }

    private static Kind of(DatasetPublished dataset, Kind cell, @Nullable SpecificRecord recurrent) {
        var name = OpenDataset.name(dataset);
        var kind = of(dataset)
                .orElseThrow(() -> new JobRefused(
                        "the task of %s is unknown to this version; bring the service up to the one that published it"
                                .formatted(name)));
        if (kind != cell) {
            throw new JobRefused("%s %s".formatted(name, kind.cannotBeReadByOthers()));
        }
        if (kind.hasRecurrentSettings() != (recurrent != null)) {
            throw new JobRefused("%s %s".formatted(name, kind.cannotBeTrainedSo()));
        }
        return kind;
    }

    /** What it is, in the plural: images, texts. */
    String title();

    /** What is learned from such data. */
    Task task();

    /** The space of a run that names none. */
    SearchSpace usualSpace();

    /** The preset of a section that names none, where cells of a space are searched or trained. */
    Preset usual(SearchSpace space, Section section);

    /** How datasets can be laid out on which is searched and retrained. */
    Set<Layout> searched();

    /** How datasets are laid out to which is transferred. */
    Layout transferred();

    /** Settings that are read beside those of the records that nas-core trains with. */
    Set<String> readBeside();

    /** Whether its settings have the part that recurrent cells need. */
    boolean hasRecurrentSettings();

    /** Why a cell of another kind is refused; the line follows the dataset's name. */
    String cannotBeReadByOthers();

    /** Why settings of another kind are refused; the line follows the dataset's name. */
    String cannotBeTrainedSo();

    /**
     * That a search can be done.
     *
     * @throws IllegalArgumentException with one line, if it cannot
     */
    void require(SearchSettings search, DatasetPublished dataset);

    /** That the brief retraining of cells of a space can be done; as {@link #require(SearchSettings, DatasetPublished)}. */
    void requireSelection(SearchSpace space, RetrainSettings selection, DatasetPublished dataset);

    /** That the full retraining of cells of a space can be done; as {@link #require(SearchSettings, DatasetPublished)}. */
    void requireEvaluation(SearchSpace space, RetrainSettings evaluation, DatasetPublished dataset);

    /**
     * That cells of a space can be transferred at all.
     *
     * @throws IllegalArgumentException with one line, if they cannot
     */
    default void requireTransferable(SearchSpace space) {}

    /** That the transfer of cells of a space can be done, and to this dataset; as {@link #require(SearchSettings, DatasetPublished)}. */
    void requireTransfer(SearchSpace space, TransferSettings transfer, DatasetPublished target);

    /**
     * That what a search finds makes a network as deep as a training asks for.
     *
     * @param cells of the network
     * @throws IllegalArgumentException with one line, if it does not
     */
    default void requireDepth(SearchSettings search, int cells) {}

    /** That a given cell does, in its text form; as {@link #requireDepth(SearchSettings, int)}. */
    default void requireDepth(String genotype, int cells) {}

    /** The space of a cell, in its text form. */
    SearchSpace spaceOf(String genotype);

    /**
     * That the full retraining of a cell can be done, whatever run it is from.
     *
     * @param genotype its text form
     * @throws IllegalArgumentException with one line, if it cannot
     */
    static void requireEvaluation(String genotype, RetrainSettings evaluation, DatasetPublished dataset) {
        Architecture.parse(genotype);
        var kind = ofCell(genotype);
        if (kind.task() != dataset.getTask() || kind.hasRecurrentSettings() != (evaluation.getRecurrent() != null)) {
            throw new IllegalArgumentException(
                    "the cell is one for %s, and the evaluation is not".formatted(kind.title()));
        }
        kind.requireDepth(genotype, evaluation.getCells());
        kind.requireEvaluation(kind.spaceOf(genotype), evaluation, dataset);
    }

    /**
     * A trained network as an ONNX model, a file.
     *
     * @param weights with the facts that {@link io.dartboard.training.TrainedWeights} have
     * @throws IllegalArgumentException with one line, if they are not those of such a network
     */
    byte[] onnx(Safetensors weights);

    /** What the network of an evaluation may cost. */
    NetworkCeiling ceiling(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling);

    /** What the network of a transfer may cost. */
    NetworkCeiling ceiling(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling);

    /** The methods by which can be searched. */
    List<SearchMethod> methods();

    /** The tiny search that shows that a method's architecture step is right. */
    Rehearsal rehearsal();

    /** Empty if a training step learns on a device; else one line that says what went wrong. */
    Optional<String> trainingSelfTest(Compute compute);

    /**
     * Opens the dataset of a search and refuses what can be refused.
     *
     * @param preparation told how far the dataset is fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    ReadySearch search(SearchJob job, Datasets datasets, Compute compute, Preparation preparation)
            throws InterruptedException;

    /** Opens the dataset of a retraining; as {@link #search}. */
    ReadyTraining<GenotypeRetrained.Builder> retraining(
            EvaluationJob job, Datasets datasets, Compute compute, Preparation preparation) throws InterruptedException;

    /**
     * Opens the dataset of a transfer; as {@link #search}.
     *
     * @param metCorrupt told, by any thread, that an example could not be used
     */
    ReadyTraining<GenotypeTransferred.Builder> transfer(
            TransferJob job, Datasets datasets, Compute compute, Preparation preparation, Runnable metCorrupt)
            throws InterruptedException;
}
