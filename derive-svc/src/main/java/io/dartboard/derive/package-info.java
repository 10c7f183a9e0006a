/**
 * derive-svc: turns every alpha checkpoint into a genotype, and steers searches that collapse. It consumes {@code nas.alphas}
 * and {@code nas.steering} and produces {@code nas.genotypes} and {@code nas.steering}; it holds no engine and no native library, and deciding takes microseconds.
 */
@NullMarked
package io.dartboard.derive;

import org.jspecify.annotations.NullMarked;
