package io.dartboard.nas.image.ops;

/** The two forms of an operation. Source: the DARTS authors' published code; the paper leaves the difference unsaid. */
public enum Form {
    /** In the supernet: no normalisation inside cells has parameters, that of DARTS normalises pooling, statistics are the batch's. */
    SEARCH,
    /** In a derived network: every normalisation has parameters and running statistics, pooling is bare. */
    DISCRETE
}
