/** Tests of the rules by which collapse is told. */
@NullMarked
package io.dartboard.nas.guard;

import org.jspecify.annotations.NullMarked;
