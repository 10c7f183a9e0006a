package io.dartboard.search.work;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.EdgeDecided;
import io.dartboard.events.Measure;
import io.dartboard.events.NodeDecided;
import io.dartboard.events.Projection;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.StopSettings;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.SignSchedule;
import io.dartboard.nas.guard.SettledDistance;
import io.dartboard.nas.guard.StopRule;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between the contracts and the records that nas-core trains with. */
public final class SearchEvents {
    private static final String TOLD = "alphaCheckpointed";
    private static final String TOLD_SCHEMA = "alphaCheckpointedSchema";
    private static final ArtifactRef TO_COME = new ArtifactRef("", "", 0L);

    private SearchEvents() {}

    /** What an epoch of a search has shown, and how its alphas are to be read. */
    static AlphaCheckpointed.Builder seen(SearchReport report, SearchMethod method, Measure measure) {
        return AlphaCheckpointed.newBuilder()
                .setMeasure(measure)
                .setRelaxation(method.relaxation().id())
                .setDerivation(method.discretization().id())
                .setThreshold(method.discretization().threshold())
                .setMostSkips(method.discretization().mostNormalSkips().orElse(0))
                .setStop(stop(method.stop()))
                .setStageFrom(report.stage().first() + 1)
                .setProjection(projection(report.projection()))
                .setAlphas(report.alphas().groups().entrySet().stream()
                        .map(group -> matrix(group.getKey(), group.getValue()))
                        .toList())
                .setTrainLoss(report.train().loss())
                .setTrainAccuracy(report.train().accuracy().orElse(0))
                .setValidLoss(report.valid().loss())
                .setValidAccuracy(report.valid().accuracy().orElse(0))
                .setIndicators(indicators(report));
    }

    private static @Nullable StopSettings stop(StopRule rule) {
        return rule instanceof SettledDistance settled
                ? new StopSettings(settled.settledWithin(), settled.settledEpochs(), settled.settledAfter())
                : null;
    }

    private static @Nullable Projection projection(io.dartboard.nas.derive.Projection decided) {
        return decided.isEmpty()
                ? null
                : new Projection(
                        decided.edges().stream()
                                .map(each -> new EdgeDecided(
                                        each.group(), each.edge(), each.candidate(), each.losses(), each.accuracies()))
                                .toList(),
                        decided.nodes().stream()
                                .map(each -> new NodeDecided(
                                        each.group(), each.node(), each.kept(), each.losses(), each.accuracies()))
                                .toList());
    }

    /** When signs of collapse are measured that cost passes. */
    static SignSchedule schedule(SearchSettings settings) {
        var guard = settings.getGuard();
        return guard == null
                ? SignSchedule.AFFORDABLE
                : new SignSchedule(OptionalInt.of(guard.getEigenvalueEvery()), OptionalInt.of(guard.getGapEvery()));
    }

    /** What is told of an epoch, but for the attempt at it; the reference of its checkpoint is still to come. */
    static AlphaCheckpointed.Builder checkpointed(
            SearchJob job, AlphaCheckpointed.Builder seen, int epochsDone, long stepsDone) {
        var epochs = job.getSettings().getEpochs();
        return seen.setSearch(job.getJob())
                .setRun(job.getRun())
                .setSpace(job.getSettings().getSpace())
                .setSeed(job.getSeed())
                .setEpoch(epochsDone)
                .setEpochs(epochs)
                .setStep(stepsDone)
                .setCheckpoint(TO_COME)
                .setFinalEpoch(epochsDone == epochs)
                .setGuard(job.getSettings().getGuard());
    }

    /** The fact as a checkpoint remembers it, with its schema: an earlier version may have to go on after a rollback. */
    static Map<String, String> toTell(AlphaCheckpointed fact) {
        return Map.of(
                TOLD,
                Base64.getEncoder().encodeToString(Topics.ALPHAS.encode(fact)),
                TOLD_SCHEMA,
                EventCodec.schemaText(fact));
    }

    /**
     * The fact that a checkpoint remembers, with the reference to the checkpoint; empty for one in mid-epoch.
     *
     * @throws IllegalArgumentException if it is of a version that cannot be read
     */
    static Optional<AlphaCheckpointed> toldOf(Checkpoint checkpoint) {
        // Those of before 0.4.0 have none: it was released.
        Optional.ofNullable(checkpoint.facts().get(TOLD_SCHEMA)).ifPresent(EventCodec::learn);
        return Optional.ofNullable(checkpoint.facts().get(TOLD))
                .map(text -> Topics.ALPHAS.decode(Base64.getDecoder().decode(text)))
                .map(fact -> withCheckpoint(fact, checkpoint));
    }

    /** The fact with the reference to its checkpoint. */
    static AlphaCheckpointed withCheckpoint(AlphaCheckpointed fact, Checkpoint checkpoint) {
        return AlphaCheckpointed.newBuilder(fact)
                .setCheckpoint(checkpoint.manifest())
                .build();
    }

    private static Map<String, Double> indicators(SearchReport report) {
        var indicators = new TreeMap<String, Double>();
        indicators.put("learningRate", report.learningRate());
        report.groups().forEach((group, seen) -> {
            indicators.put("entropy." + group, seen.entropy());
            indicators.put("alphaGradNorm." + group, seen.gradientNorm().orElse(0));
            seen.parameterFree().ifPresent(free -> indicators.put("parameterFreeOps." + group, (double) free));
            seen.skipMass().ifPresent(mass -> indicators.put("skipMass." + group, mass));
        });
        var signs = report.signs();
        signs.normalSkips().ifPresent(skips -> indicators.put("normalSkips", (double) skips));
        signs.eigenvalue().ifPresent(found -> {
            indicators.put("hessianEigenvalue", found.eigenvalue());
            indicators.put("hessianProducts", (double) found.products());
        });
        signs.gap().ifPresent(gap -> indicators.put("discretizationGap", gap));
        report.frozen().ifPresent(frozen -> {
            indicators.put("frozenOperations", (double) frozen.operations());
            indicators.put("freezableOperations", (double) frozen.of());
        });
        return indicators;
    }

    private static AlphaMatrix matrix(String cell, io.dartboard.nas.alpha.AlphaMatrix alphas) {
        var values = new ArrayList<Float>();
        for (var value : alphas.toArray()) {
            values.add(value);
        }
        return new AlphaMatrix(cell, alphas.edges(), alphas.candidates(), values);
    }
}
