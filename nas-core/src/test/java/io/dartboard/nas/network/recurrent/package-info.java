@NullMarked
package io.dartboard.nas.network.recurrent;

import org.jspecify.annotations.NullMarked;
