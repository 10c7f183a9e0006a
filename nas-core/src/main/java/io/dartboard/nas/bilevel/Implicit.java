package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.bilevel.InnerStep.Moved;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * Takes the weights for the best ones and asks by the implicit function theorem how the best ones move with the alphas. The
 * inverse of the Hessian is the beginning of its Neumann series, whose unit is the length of a step of the weights:
 *
 * <pre>
 *   a = dL_valid(w, alpha)/dalpha        v_0 = dL_valid(w, alpha)/dw
 *   v_k+1 = v_k - gamma H v_k            H = d^2 L_train/dw^2,   s = v_0 + ... + v_K
 *   gradient = a - gamma (d^2 L_train/dalpha dw) s
 * </pre>
 *
 * <p>Source: Zhang et al., <i>iDARTS: Differentiable Architecture Search with Stochastic Implicit Gradients</i> (arXiv
 * 2106.10784), the implicit gradient with its Neumann series. It is stochastic as there: {@code L_valid} is the loss of one validation batch,
 * {@code L_train} that of one training batch, the next. Every pass starts from gradients of its own, which the authors' program
 * does not see to: it adds those of the weight steps before to {@code a} and {@code v_0}, and leaves the weights where a
 * difference was taken. {@code gamma} is the learning rate, times the factor by which the step to come is clipped where steps
 * that are looked at are.
 *
 * @param neumannTerms terms after the first, the paper's {@code K}; with 0 it is the second order of DARTS with all derivatives
 *     at the weights as they are
 * @param radius how far the mixed product looks to either side, in lengths of {@code v_0}; the authors use 0.01
 * @param hessianRadius how far a product with the Hessian looks to either side
 */
public record Implicit(int neumannTerms, double radius, double hessianRadius) implements Hypergradient {
    public Implicit {
        Checks.atLeast("neumannTerms", neumannTerms, 0, "(0 takes the first term alone)");
        Checks.positive("radius", radius);
        Checks.positive("hessianRadius", hessianRadius);
    }

    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted) {
        try (NDManager way = scope.newSubManager()) {
            Derivatives here = inner.point().differentiate(way, valid, Wanted.BOTH);
            NDArray gamma = gamma(way, inner);
            NDArray direction = here.weightGradient();
            inner.still(direction);
            FiniteDifference mixed = new FiniteDifference(radius);
            NDArray scale = mixed.scale(way, direction);
            NDArray sum = neumannSeries(way, inner, direction, gamma);
            NDArray implicit = mixed.mixedProduct(way, inner, sum, scale).mul(gamma);
            NDArray gradient = here.alphaGradient().sub(implicit);
            return new Estimate(here.loss(), here.beside(), gradient, wanted.weights(direction)).into(scope);
        }
    }

    /** {@code s}, (size), in a scope of which the first term is. */
    private NDArray neumannSeries(NDManager way, InnerStep inner, NDArray first, NDArray gamma) {
        NDArray sum = first.duplicate();
        NDArray term = first;
        for (int k = 0; k < neumannTerms; k++) {
            try (NDManager pass = way.newSubManager()) {
                NDArray curved = new FiniteDifference(hessianRadius).hessianProduct(pass, inner, term);
                inner.still(curved);
                term = Torch.into(way, curved.mul(gamma).neg().addi(term));
            }
            sum.addi(term);
        }
        return sum;
    }

    /** How far the weights go for each unit of their gradient: (1). */
    private static NDArray gamma(NDManager way, InnerStep inner) {
        NDArray weights = inner.point().weights().values();
        NDArray rate = Scalars.of(way, inner.learningRate(), weights.getDataType());
        if (inner.clip() == InnerStep.UNBOUNDED) {
            return rate;
        }
        try (NDManager pass = way.newSubManager()) {
            Moved moved = inner.move(pass);
            return moved.gradientNorm()
                    .map(norm -> Torch.into(way, inner.clipFactor(norm).mul(rate)))
                    .orElse(rate);
        }
    }

    /**
     * Where {@code K + 1} steps of a training loss lead whose Hessian is everywhere that of the weights as they are, and whose
     * gradient there has changed as the alphas have moved.
     */
    @Override
    public NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved) {
        NDArray gamma = gamma(scope, inner);
        NDArray step =
                gradient(scope, moved).sub(gradient(scope, inner)).mul(gamma).neg();
        inner.still(step);
        NDArray way = step;
        for (int k = 0; k < neumannTerms; k++) {
            NDArray curved = new FiniteDifference(hessianRadius).hessianProduct(scope, inner, way);
            inner.still(curved);
            way = way.sub(curved.mul(gamma)).add(step);
        }
        return way.add(inner.point().weights().values());
    }

    private static NDArray gradient(NDManager scope, InnerStep inner) {
        return inner.point().differentiate(scope, inner.train(), Wanted.WEIGHTS).weightGradient();
    }

    @Override
    public Optional<Hypergradient> exact() {
        return Optional.of(new Implicit(neumannTerms, FiniteDifference.EXACT_RADIUS, FiniteDifference.EXACT_RADIUS));
    }
}
