@NullMarked
package io.dartboard.nas.text.search;

import org.jspecify.annotations.NullMarked;
