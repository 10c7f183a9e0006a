package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.DiscreteMixture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Checks;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The network around which the space lies: its operations are as good as chosen, all others are undecided, 0.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 *
 * @param startAlpha alpha of an operation that the network has; the authors use 10, of which a sigmoid makes 0.99995
 */
public record StartingNetwork(double startAlpha) implements InitialAlphas {
    public StartingNetwork {
        Checks.positive("startAlpha", startAlpha);
    }

    @Override
    public Alphas draw(SearchSpace space, AlphaLayout layout, RandomGenerator random) {
        DistributedGenotype network = KnownNetwork.around(space)
                .orElseThrow(() -> new IllegalArgumentException(reason()))
                .architecture();
        float[] alphas = DiscreteMixture.of(space, layout, network);
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] *= (float) startAlpha;
        }
        return Alphas.of(layout, alphas);
    }

    @Override
    public boolean beginsWithANetwork() {
        return true;
    }

    @Override
    public Optional<String> unfit(SearchSpace space) {
        return KnownNetwork.around(space).isPresent() ? Optional.empty() : Optional.of(reason());
    }

    private static String reason() {
        return "it begins with a known network, around which a space must lie: name one as start in the search, %s"
                .formatted(KnownNetwork.all().stream().map(KnownNetwork::name).collect(Collectors.joining(", ")));
    }
}
