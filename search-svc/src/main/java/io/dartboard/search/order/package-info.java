/** Standing orders: what is done, without anybody watching, when a dataset has a new version. */
@NullMarked
package io.dartboard.search.order;

import org.jspecify.annotations.NullMarked;
