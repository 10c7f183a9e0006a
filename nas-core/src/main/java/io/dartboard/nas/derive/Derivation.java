package io.dartboard.nas.derive;

import io.dartboard.nas.genotype.Architecture;
import java.util.Optional;

/**
 * What a set of architecture parameters says.
 *
 * @param architecture the discrete architecture
 * @param indicators whether the search that led to it looks healthy; none of a space whose weights are
 *     not its candidates'
 */
public record Derivation(Architecture architecture, Optional<CollapseIndicators> indicators) {}
