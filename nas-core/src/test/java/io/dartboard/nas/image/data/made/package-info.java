/** Tests of the sets that the repository makes itself. */
@NullMarked
package io.dartboard.nas.image.data.made;

import org.jspecify.annotations.NullMarked;
