/** Prefixes of buckets that standing orders watch: what is dropped there becomes a version of the dataset. */
@NullMarked
package io.dartboard.search.source;

import org.jspecify.annotations.NullMarked;
