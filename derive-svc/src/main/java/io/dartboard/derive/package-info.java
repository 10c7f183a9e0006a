/**
 * derive-svc: turns every alpha checkpoint into a genotype. It consumes {@code nas.alphas} and produces
 * {@code nas.genotypes}; it holds no engine and no native library, and deciding takes microseconds.
 */
@NullMarked
package io.dartboard.derive;

import org.jspecify.annotations.NullMarked;
