/** Requests to other people's services, which may be away. */
@NullMarked
package io.dartboard.transfer.delivery;

import org.jspecify.annotations.NullMarked;
