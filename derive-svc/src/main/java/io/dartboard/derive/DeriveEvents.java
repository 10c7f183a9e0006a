package io.dartboard.derive;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.EpochSigns;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GuardSettings;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.Projection.EdgeDecided;
import io.dartboard.nas.derive.Projection.NodeDecided;
import io.dartboard.nas.guard.SettledDistance;
import io.dartboard.nas.guard.Signs;
import io.dartboard.nas.guard.StopRule;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.score.Scale;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Between the contracts and the science: the only place of this service that knows both. */
final class DeriveEvents {
    /** Of a search whose service told no gradients yet: its alphas are taken to move. */
    private static final double MOVED = 1;

    private DeriveEvents() {}

    /**
     * The rule by which the alphas of a checkpoint are to be read.
     *
     * @throws IllegalArgumentException if the space, the relaxation or the derivation that it names is none of those known, or
     *     if they do not go together
     */
    static DerivationRule rule(AlphaCheckpointed checkpoint) {
        return Discretization.of(checkpoint.getDerivation(), checkpoint.getThreshold(), checkpoint.getMostSkips())
                .rule(SearchSpace.of(checkpoint.getSpace()), Relaxation.of(checkpoint.getRelaxation()));
    }

    /**
     * The alphas of a checkpoint, by group.
     *
     * @throws IllegalArgumentException if a matrix has not as many values as its shape says
     */
    static Alphas alphas(AlphaCheckpointed checkpoint) {
        var groups = new LinkedHashMap<String, AlphaMatrix>();
        checkpoint.getAlphas().forEach(matrix -> groups.put(matrix.getCell(), matrix(matrix)));
        return new Alphas(groups);
    }

    /** What the search of a checkpoint has decided by perturbation. */
    static Projection projection(AlphaCheckpointed checkpoint) {
        var told = checkpoint.getProjection();
        return told == null
                ? Projection.NONE
                : new Projection(
                        told.getEdges().stream()
                                .map(each -> new EdgeDecided(
                                        each.getCell(),
                                        each.getEdge(),
                                        each.getOperation(),
                                        each.getLosses(),
                                        each.getAccuracies()))
                                .toList(),
                        told.getNodes().stream()
                                .map(each -> new NodeDecided(
                                        each.getCell(),
                                        each.getNode(),
                                        each.getKept(),
                                        each.getLosses(),
                                        each.getAccuracies()))
                                .toList());
    }

    /** What is read of a checkpoint; whoever refuses to is told whose it is. */
    static DerivedCell read(AlphaCheckpointed checkpoint, Supplier<DerivedCell> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "search %s, epoch %d in space '%s': %s"
                            .formatted(
                                    checkpoint.getSearch(),
                                    checkpoint.getEpoch(),
                                    checkpoint.getSpace(),
                                    e.getMessage()),
                    e);
        }
    }

    static GenotypeDerived derived(AlphaCheckpointed checkpoint, DerivedCell cell) {
        return new GenotypeDerived(
                checkpoint.getSearch(),
                checkpoint.getRun(),
                checkpoint.getSpace(),
                checkpoint.getSeed(),
                checkpoint.getEpoch(),
                checkpoint.getEpochs(),
                checkpoint.getAttempt(),
                cell.genotype(),
                cell.hash(),
                checkpoint.getFinalEpoch(),
                checkpoint.getValidAccuracy(),
                cell.normalSkips(),
                cell.normalParameterFree(),
                cell.changedGenes(),
                checkpoint.getMeasure(),
                Scale.shown(checkpoint.getMeasure()).perplexity(checkpoint.getValidLoss()),
                boxed(cell.moved()),
                false,
                "",
                boxed(cell.fromStart()));
    }

    /** What an epoch has shown, as the guard keeps it. */
    static EpochSigns signs(AlphaCheckpointed checkpoint, DerivedCell cell) {
        var told = checkpoint.getIndicators();
        return new EpochSigns(
                checkpoint.getSearch(),
                checkpoint.getEpoch(),
                checkpoint.getAttempt(),
                each(told, "alphaGradNorm.").max().orElse(MOVED) > 0,
                cell.hash(),
                cell.normalSkips(),
                cell.normalSkipShare(),
                cell.normalParameterFree(),
                // Where each cell has alphas of its own there is no matrix of the normal cell.
                told.containsKey("skipMass.normal")
                        ? told.get("skipMass.normal")
                        : boxed(each(told, "skipMass.").average()),
                told.get("hessianEigenvalue"),
                told.get("discretizationGap"),
                boxed(cell.fromStart()),
                checkpoint.getStep());
    }

    /** The same as the rules read it. */
    static Signs signs(EpochSigns kept) {
        return new Signs(
                kept.getEpoch(),
                kept.getSteps(),
                kept.getAlphasMoved(),
                kept.getCell(),
                kept.getNormalSkips(),
                kept.getNormalSkipShare(),
                kept.getParameterFreeShare(),
                optional(kept.getSkipMass()),
                optional(kept.getEigenvalue()),
                optional(kept.getGap()),
                optional(kept.getDistance()));
    }

    /**
     * By what the method of a search ends it.
     *
     * @throws IllegalArgumentException if that is no rule
     */
    static StopRule stop(AlphaCheckpointed checkpoint) {
        var stop = checkpoint.getStop();
        return stop == null
                ? StopRule.NEVER
                : new SettledDistance(stop.getSettledWithin(), stop.getSettledEpochs(), stop.getSettledAfter());
    }

    /** The guard of a search of which nothing is said: it tells and does nothing. */
    static GuardSettings toldOnly() {
        return GuardSettings.newBuilder().build();
    }

    private static DoubleStream each(Map<String, Double> indicators, String prefix) {
        return indicators.entrySet().stream()
                .filter(indicator -> indicator.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue);
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static AlphaMatrix matrix(io.dartboard.events.AlphaMatrix matrix) {
        var values = new float[matrix.getValues().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getValues().get(i);
        }
        return AlphaMatrix.of(matrix.getEdges(), matrix.getOperations(), values);
    }
}
