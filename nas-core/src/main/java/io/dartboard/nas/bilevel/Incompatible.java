package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.derive.RestrictedSkips;
import io.dartboard.nas.guard.SettledDistance;
import io.dartboard.nas.guard.StopRule;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.DeviceRelaxation;

/** Parts of a method that mean nothing together, whatever the data; what a kind of data cannot do, its search refuses. */
final class Incompatible {
    private Incompatible() {}

    /** @throws IllegalArgumentException with one line that gives the reason */
    static void refuse(
            String method,
            Hypergradient hypergradient,
            WeightPenalty weightPenalty,
            DeviceRelaxation relaxation,
            AlphaPenalty penalty,
            AlphaPerturbation perturbation,
            EdgeForm edges,
            AlphaSharing sharing,
            Discretization discretization) {
        String name = relaxation.getClass().getSimpleName();
        if (!perturbation.equals(AlphaPerturbation.NONE) && !(relaxation.competes() && !relaxation.draws())) {
            throw new IllegalArgumentException(
                    "method %s cannot perturb the mixing weights of %s: only weights that sum to one and are not drawn at random have a neighbourhood of such"
                            .formatted(method, name));
        }
        if (edges.weighsEdges() && !sharing.equals(AlphaSharing.BY_KIND)) {
            throw new IllegalArgumentException(
                    "method %s cannot weigh the edges of cells that have alphas of their own: no derivation reads these"
                            .formatted(method));
        }
        if (edges.weighsEdges() != discretization.readsEdges()) {
            throw new IllegalArgumentException("method %s cannot combine %s with %s: %s"
                    .formatted(
                            method,
                            edges.getClass().getSimpleName(),
                            discretization.getClass().getSimpleName(),
                            edges.weighsEdges()
                                    ? "the parameters of its edges would not be read"
                                    : "its edges have no parameters to be read"));
        }
        if (relaxation.competes() && discretization.threshold() > 0) {
            throw new IllegalArgumentException(
                    "method %s cannot combine %s with %s: weights that sum to one seldom reach a threshold, however the search went"
                            .formatted(method, name, discretization.getClass().getSimpleName()));
        }
        hypergradient.unfit(sharing).ifPresent(reason -> {
            throw new IllegalArgumentException("method %s cannot combine %s with these alphas: %s"
                    .formatted(method, hypergradient.getClass().getSimpleName(), reason));
        });
        weightPenalty.unfit(sharing, edges).ifPresent(reason -> {
            throw new IllegalArgumentException("method %s cannot combine %s with these alphas and edges: %s"
                    .formatted(method, weightPenalty.getClass().getSimpleName(), reason));
        });
        if (discretization.tunedFor().isPresent() && !edges.equals(EdgeForm.FULL)) {
            throw new IllegalArgumentException(
                    "method %s cannot decide by perturbation on edges of form %s: these pass on more than their candidates, so that what is left out of them is not missed"
                            .formatted(method, edges.getClass().getSimpleName()));
        }
        if (discretization.tunedFor().isPresent() && !weightPenalty.equals(WeightPenalty.NONE)) {
            throw new IllegalArgumentException(
                    "method %s cannot combine %s with a decision by perturbation: its weights learn to agree on alphas, by which nothing is decided"
                            .formatted(method, weightPenalty.getClass().getSimpleName()));
        }
        penalty.unfit(relaxation).ifPresent(reason -> {
            throw new IllegalArgumentException("method %s cannot combine %s with %s: %s"
                    .formatted(method, penalty.getClass().getSimpleName(), name, reason));
        });
    }

    /** As {@link #refuse}, of a rule that compares what is derived with what the search began with. */
    static void refuse(String method, StopRule stop, InitialAlphas initial, Discretization discretization) {
        if (stop instanceof SettledDistance && !(initial.beginsWithANetwork() && discretization.threshold() > 0)) {
            throw new IllegalArgumentException(
                    "method %s cannot stop when a distance has settled: that is the distance between a known network to begin with and what reaches a threshold, and it lacks one of these"
                            .formatted(method));
        }
    }

    /** As {@link #refuse}, of a search in stages, and of a derivation that counts skip connections. */
    static void refuse(
            String method,
            Stages stages,
            DeviceRelaxation relaxation,
            AlphaPerturbation perturbation,
            WeightPenalty weightPenalty,
            EdgeForm edges,
            AlphaSharing sharing,
            InitialAlphas initial,
            Discretization discretization) {
        if (discretization instanceof RestrictedSkips && !sharing.equals(AlphaSharing.BY_KIND)) {
            throw new IllegalArgumentException(
                    "method %s cannot leave out skip connections of the normal cell: its cells have alphas of their own, and there are several"
                            .formatted(method));
        }
        if (stages.equals(Stages.ONE)) {
            return;
        }
        inStages(method, sharing.equals(AlphaSharing.BY_KIND), "the cells of a deeper supernet have other alphas");
        inStages(
                method,
                !relaxation.draws(),
                "%s draws mixing weights, and what a stage has dropped has none"
                        .formatted(relaxation.getClass().getSimpleName()));
        inStages(
                method,
                perturbation.equals(AlphaPerturbation.NONE),
                "mixing weights that are perturbed are not 0 where a stage has dropped a candidate");
        inStages(
                method,
                edges.equals(EdgeForm.FULL),
                "edges of form %s pass on more than their candidates, and so what a stage has dropped"
                        .formatted(edges.getClass().getSimpleName()));
        inStages(
                method,
                weightPenalty.equals(WeightPenalty.NONE),
                "%s compares cells by passes that would each drop out other skip connections"
                        .formatted(weightPenalty.getClass().getSimpleName()));
        inStages(method, !initial.beginsWithANetwork(), "it begins with a known network, and each stage begins anew");
        inStages(
                method,
                discretization.tunedFor().isEmpty(),
                "what is decided by perturbation holds for one supernet, and each stage has another");
    }

    private static void inStages(String method, boolean fits, String reason) {
        if (!fits) {
            throw new IllegalArgumentException("method %s cannot search in stages: %s".formatted(method, reason));
        }
    }

    /** As {@link #refuse}, of a space whose architectures are one cell, or the cells of a known network. */
    static void refuse(String method, AlphaSharing sharing, SearchSpace space) {
        if (space.cellsOfAKindDiffer() && !sharing.equals(AlphaSharing.BY_CELL)) {
            throw new IllegalArgumentException(
                    "method %s cannot search space %s: its cells of one kind share alphas, and those of the network around which that space lies stand in a sequence of their own; search it by cell"
                            .formatted(method, space.id()));
        }
        if (space instanceof NasBench201Space && !sharing.equals(AlphaSharing.BY_KIND)) {
            throw new IllegalArgumentException(
                    "method %s cannot search space %s: it gives each cell alphas of its own, and an architecture of that space is one cell"
                            .formatted(method, space.id()));
        }
    }
}
