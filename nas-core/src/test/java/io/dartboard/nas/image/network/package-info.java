/** Tests of discrete networks against the authors' numbers. */
@NullMarked
package io.dartboard.nas.image.network;

import org.jspecify.annotations.NullMarked;
