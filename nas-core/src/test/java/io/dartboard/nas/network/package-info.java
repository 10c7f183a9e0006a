/** Tests of discrete networks against the authors' numbers. */
@NullMarked
package io.dartboard.nas.network;

import org.jspecify.annotations.NullMarked;
