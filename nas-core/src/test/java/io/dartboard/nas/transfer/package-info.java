/** Tests of transfer. */
@NullMarked
package io.dartboard.nas.transfer;

import org.jspecify.annotations.NullMarked;
