/**
 * The candidate operations of a convolutional cell, in the two forms the method uses: the search form, where batch
 * normalisation has no parameters and pooling is normalised too, and the discrete form of the derived network. An
 * operation knows where its weights lie; the weights themselves come with each pass. {@link
 * io.dartboard.nas.image.ops.Operations} is the registry: an operation is an entry with its name, its forms and its cost.
 */
@NullMarked
package io.dartboard.nas.image.ops;

import org.jspecify.annotations.NullMarked;
