/**
 * What methods of search come to: each searches with several seeds, its cells are looked up or retrained, and all are held
 * against cells drawn at random.
 */
@NullMarked
package io.dartboard.bench.methods;

import org.jspecify.annotations.NullMarked;
