package io.dartboard.bench;

/** How a network is computed. */
enum Network {
    /** As the product does. */
    ENGINE,
    /** The paper's formulas in the default layout, one operation after the other, nothing shared. */
    PLAIN
}
