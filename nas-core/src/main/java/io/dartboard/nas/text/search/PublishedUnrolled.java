package io.dartboard.nas.text.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.BilevelPoint;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.bilevel.Hypergradient;
import io.dartboard.nas.bilevel.InnerStep;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.Unrolled;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageModel;
import java.util.Optional;

/**
 * The unrolled hypergradient with defects of the authors' recurrent code: it follows the slope of nothing.
 *
 * @param defects those that are wanted back
 */
public record PublishedUnrolled(Unrolled unrolled, PublishedDefects defects) implements Hypergradient {
    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted) {
        return unrolled.estimate(scope, new PublishedStep(inner, defects), valid, wanted);
    }

    @Override
    public NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved) {
        return unrolled.bestWeights(scope, new PublishedStep(inner, defects), new PublishedStep(moved, defects));
    }

    @Override
    public Optional<Hypergradient> exact() {
        return Optional.empty();
    }

    /** A step with the defects. */
    private record PublishedStep(InnerStep sound, PublishedDefects defects) implements InnerStep {
        @Override
        public BilevelPoint point() {
            return sound.point();
        }

        @Override
        public Objective train() {
            return sound.train();
        }

        @Override
        public double learningRate() {
            return sound.learningRate();
        }

        @Override
        public double clip() {
            return sound.clip();
        }

        @Override
        public void still(NDArray direction) {
            sound.still(direction);
        }

        @Override
        public Moved move(NDManager scope) {
            Moved moved = sound.move(scope);
            return defects.embeddingStays()
                    ? new Moved(withOldEmbedding(moved.weights()), moved.gradientNorm())
                    : moved;
        }

        private NDArray withOldEmbedding(NDArray moved) {
            ParameterLayout.Leaf embedding = point().weights().layout().leaves().stream()
                    .filter(leaf -> leaf.name().equals(LanguageModel.EMBEDDING))
                    .findFirst()
                    .orElseThrow();
            long[] cuts = {embedding.offset(), embedding.offset() + embedding.size()};
            NDList parts = moved.split(cuts);
            NDArray old = Autograd.constant(
                            moved.getManager(), point().weights().values())
                    .split(cuts)
                    .get(1);
            return NDArrays.concat(new NDList(parts.get(0), old, parts.get(2)), 0);
        }

        @Override
        public NDArray clipFactor(NDArray gradientNorm) {
            return defects.coefficientUnbounded()
                    ? GradientClip.unbounded(gradientNorm, clip())
                    : sound.clipFactor(gradientNorm);
        }

        @Override
        public Objective train(Side side) {
            return defects.masksDiffer() ? train().redrawn(side == Side.ABOVE ? 1 : 2) : train();
        }
    }
}
