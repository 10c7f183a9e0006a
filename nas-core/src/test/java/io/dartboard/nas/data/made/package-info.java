/** Tests of the sets that the repository makes itself. */
@NullMarked
package io.dartboard.nas.data.made;

import org.jspecify.annotations.NullMarked;
