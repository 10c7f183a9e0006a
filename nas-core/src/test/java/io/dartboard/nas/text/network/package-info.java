@NullMarked
package io.dartboard.nas.text.network;

import org.jspecify.annotations.NullMarked;
