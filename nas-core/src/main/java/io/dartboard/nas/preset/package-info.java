/**
 * Recipes by name: the papers' settings, value by value, as the records beside their loops hold them, and the
 * demonstration's. A run's file names a recipe and says where it departs from it.
 */
@NullMarked
package io.dartboard.nas.preset;

import org.jspecify.annotations.NullMarked;
