/** Tests of reading, augmenting and batching images. */
@NullMarked
package io.dartboard.nas.text.data;

import org.jspecify.annotations.NullMarked;
