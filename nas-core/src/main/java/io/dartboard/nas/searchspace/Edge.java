package io.dartboard.nas.searchspace;

/**
 * A directed edge of a cell's graph.
 *
 * @param index row of the alpha matrix that belongs to this edge
 * @param node intermediate node it ends in, counted from 0
 * @param from state it starts from: the cell's inputs come first, then the nodes
 */
public record Edge(int index, int node, int from) {}
