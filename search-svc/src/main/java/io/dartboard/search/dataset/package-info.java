/** Publishing a dataset: it is checked, stored and told. */
@NullMarked
package io.dartboard.search.dataset;

import org.jspecify.annotations.NullMarked;
