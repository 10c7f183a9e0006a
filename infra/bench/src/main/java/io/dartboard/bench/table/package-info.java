/**
 * NAS-Bench-201: what each of its cells comes to, trained by its authors once and for all. A search in its space is judged by
 * looking its cell up.
 */
@NullMarked
package io.dartboard.bench.table;

import org.jspecify.annotations.NullMarked;
