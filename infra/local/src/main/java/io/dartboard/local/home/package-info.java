/** The one folder in which a local stack lives: its ports, its credentials, its members, and where each thing lies. */
@NullMarked
package io.dartboard.local.home;

import org.jspecify.annotations.NullMarked;
