package io.dartboard.nas.image.cost;

/** How a network enters its first cell, and which auxiliary head goes with it. */
public enum Stem {
    /** One 3×3 convolution at full resolution, for small images. */
    CIFAR,
    /** Three 3×3 convolutions at stride 2, for large images: the first cell sees an eighth of the resolution. */
    IMAGENET
}
