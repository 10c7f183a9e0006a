/**
 * What a network on images weighs: exact counts of parameters and multiply-adds by arithmetic alone, for the search
 * supernet and for the networks that any genotype builds. Multiply-adds are those of convolutions and fully connected
 * layers for one image, as the field counts them; batch norm, pooling, activations and biases are not counted.
 */
@NullMarked
package io.dartboard.nas.image.cost;

import org.jspecify.annotations.NullMarked;
