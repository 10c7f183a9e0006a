package io.dartboard.nas.genotype;

/**
 * An operation that an architecture keeps of those that its space has on an edge.
 *
 * @param node intermediate node that the edge ends in, counted from 0
 * @param from state that it starts from
 * @param operation one of the space's candidates
 */
public record KeptOperation(int node, int from, Object operation) {}
