/**
 * What the datasets of every kind share: archives, digests of content, and loading ahead of the training loop.
 */
@NullMarked
package io.dartboard.nas.data;

import org.jspecify.annotations.NullMarked;
