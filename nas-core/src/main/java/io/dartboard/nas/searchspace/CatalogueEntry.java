package io.dartboard.nas.searchspace;

/**
 * An operation of the catalogue, as far as a space knows it. What it costs and how it is computed is said by the shelves
 * above, each of which extends this by what it needs.
 */
public interface CatalogueEntry {
    /** Its name, and where it has no weights. */
    Primitive primitive();
}
