package io.dartboard.nas.derive;

import io.dartboard.nas.genotype.Genotype;

/**
 * What a set of architecture parameters says.
 *
 * @param genotype the discrete architecture
 * @param indicators whether the search that led to it looks healthy
 */
public record Derivation(Genotype genotype, CollapseIndicators indicators) {}
