@NullMarked
package io.dartboard.nas.search;

import org.jspecify.annotations.NullMarked;
