@NullMarked
package io.dartboard.nas.search.recurrent;

import org.jspecify.annotations.NullMarked;
