package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Layer alignment: the weights are trained so that the normal cells, which share their alphas, agree on what these should be,
 * and those nearest to the output do not decide for all. With {@code m_l} the mixing weights of cell {@code l} of {@code n}
 * normal cells:
 *
 * <pre>
 *   g_l = dL_train/dm_l,   u_l = g_l / |g_l|
 *   Lambda = 2 / (n (n - 1)) * sum over i &lt; j of u_i' u_j
 *   P_l = dLambda/dg_l = 2 / (n (n - 1)) / |g_l| * (I - u_l u_l') sum_j u_j
 *   d(L_train - lambda Lambda)/dw = dL_train/dw - lambda * (dL_train/dw(m + eps P) - dL_train/dw(m - eps P)) / (2 eps)
 * </pre>
 *
 * <p>with {@code eps = radius / |P|}. {@code lambda} grows linearly with the epochs, from 0. It takes two more passes with
 * gradients for each step of the weights.
 *
 * <p>Source: Movahedi et al., <i>Λ-DARTS: Mitigating Performance Collapse by Harmonizing Operation Selection among Cells</i>
 * (arXiv 2210.07998), section 4, and the authors' code, which leaves reductions out.
 *
 * @param layerAlignment what {@code lambda} would reach after the last epoch; the authors use 0.125
 * @param alignmentRadius of the finite difference; the authors use 1e-4
 */
public record LayerAlignment(double layerAlignment, double alignmentRadius) implements WeightPenalty {
    // Keeps quotients finite where a gradient is 0; what they multiply is 0 then.
    private static final double SMALLEST = 1e-30;

    /** Two of which are normal. */
    private static final int FEWEST_CELLS = 4;

    public LayerAlignment {
        Checks.positive("layerAlignment", layerAlignment);
        Checks.positive("alignmentRadius", alignmentRadius);
    }

    @Override
    public Derivatives differentiate(NDManager scope, BilevelPoint point, Objective train, double progress) {
        List<Integer> normal = normal(train.groupsOfCells());
        if (progress == 0 || normal.size() < 2) {
            return point.differentiate(scope, train, Wanted.WEIGHTS);
        }
        try (NDManager way = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            BilevelPoint cells = byCell(way, point, train.groupsOfCells());
            Derivatives here = cells.differentiate(scope, train, Wanted.BOTH);
            NDArray direction = direction(here.alphaGradient(), cells.alphas().layout(), normal);
            NDArray norm = norm(direction);
            NDArray step = direction.div(norm);
            NDArray above = shifted(way, cells, train, step, alignmentRadius);
            NDArray below = shifted(way, cells, train, step, -alignmentRadius);
            NDArray slope = above.sub(below).mul(norm);
            Scalars.addScaled(here.weightGradient(), -layerAlignment * progress / (2 * alignmentRadius), slope);
            return here;
        }
    }

    private static List<Integer> normal(List<String> groupsOfCells) {
        return IntStream.range(0, groupsOfCells.size())
                .filter(cell -> groupsOfCells.get(cell).equals(CellKind.NORMAL.publishedName()))
                .boxed()
                .toList();
    }

    /** The same mixing weights, each cell's by themselves. */
    static BilevelPoint byCell(NDManager way, BilevelPoint point, List<String> groupsOfCells) {
        BilevelPoint relaxed = point.relaxed(way);
        AlphaLayout shared = relaxed.alphas().layout();
        NDList parts = Splits.of(relaxed.alphas().constant(way), shared.sizes());
        NDList values = new NDList();
        List<AlphaLayout.Group> groups = new ArrayList<>();
        for (int cell = 0; cell < groupsOfCells.size(); cell++) {
            int place = IntStream.range(0, parts.size())
                    .filter(indexOf(shared, groupsOfCells.get(cell)))
                    .findFirst()
                    .orElseThrow();
            AlphaLayout.Group group = shared.groups().get(place);
            values.add(parts.get(place));
            groups.add(new AlphaLayout.Group(AlphaSharing.cell(cell), group.edges(), group.candidates()));
        }
        return new BilevelPoint(
                point.weights(), new AlphaVector(new AlphaLayout(groups), NDArrays.concat(values)), Mixing.GIVEN);
    }

    private static IntPredicate indexOf(AlphaLayout layout, String group) {
        return place -> layout.groups().get(place).name().equals(group);
    }

    /** {@code P}, which is 0 for cells that are not aligned: laid out as the gradient is. */
    private static NDArray direction(NDArray gradient, AlphaLayout cells, List<Integer> normal) {
        NDList parts = Splits.of(gradient, cells.sizes());
        NDList units = new NDList();
        normal.forEach(cell -> units.add(parts.get(cell).div(norm(parts.get(cell)))));
        NDArray sum = units.stream().reduce(NDArray::add).orElseThrow();
        double pairs = normal.size() * (normal.size() - 1) / 2.0;
        NDList direction = new NDList();
        for (int cell = 0; cell < parts.size(); cell++) {
            int place = normal.indexOf(cell);
            NDArray own = parts.get(cell);
            if (place < 0) {
                direction.add(own.zerosLike());
            } else {
                NDArray unit = units.get(place);
                NDArray across = sum.sub(unit.mul(unit.mul(sum).sum().reshape(new Shape(1))));
                direction.add(Scalars.times(across.div(norm(own)), 1 / pairs));
            }
        }
        return NDArrays.concat(direction);
    }

    /** The length of a vector, (1). */
    private static NDArray norm(NDArray vector) {
        NDArray length = vector.square().sum().sqrt().reshape(new Shape(1));
        return length.maximum(Scalars.of(vector.getManager(), SMALLEST, vector.getDataType()));
    }

    private static NDArray shifted(NDManager way, BilevelPoint cells, Objective train, NDArray step, double by) {
        NDArray values = cells.alphas().constant(way).add(Scalars.times(step, by));
        return cells.with(values).differentiate(way, train, Wanted.WEIGHTS).weightGradient();
    }

    @Override
    public Optional<String> unfit(AlphaSharing sharing, EdgeForm edges) {
        if (!sharing.equals(AlphaSharing.BY_KIND)) {
            return Optional.of("cells that share no alphas have nothing to agree on");
        }
        return edges.equals(EdgeForm.FULL)
                ? Optional.empty()
                : Optional.of(
                        "it compares what cells ask of their candidates, and these edges compute more than these");
    }

    @Override
    public Optional<String> unfitForRecurrentCells() {
        return Optional.of("there is one cell, which has no other to agree with");
    }

    @Override
    public int fewestCells() {
        return FEWEST_CELLS;
    }

    @Override
    public void require(NetworkShape shape) {
        long normal = IntStream.range(0, shape.cells())
                .filter(cell -> !shape.reducesAt(cell))
                .count();
        if (normal < 2) {
            throw new IllegalArgumentException(
                    "cells must be at least %d, so that layer alignment has two normal cells to align (was %d)"
                            .formatted(FEWEST_CELLS, shape.cells()));
        }
    }
}
