package io.dartboard.nas.onnx;

/**
 * A tensor of a graph: an input, a weight, or what a node yields.
 *
 * @param name the only one of its name in the graph
 */
public record OnnxValue(String name) {}
