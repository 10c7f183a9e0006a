/** What the tests of all packages share: golden files and the rules that hold between packages. */
@NullMarked
package io.dartboard.nas;

import org.jspecify.annotations.NullMarked;
