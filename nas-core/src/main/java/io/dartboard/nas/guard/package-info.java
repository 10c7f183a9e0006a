/**
 * Judges from what a search shows each epoch whether it collapses or has settled. One class for each published rule; none needs
 * an engine, so that whoever reads events can judge.
 */
@NullMarked
package io.dartboard.nas.guard;

import org.jspecify.annotations.NullMarked;
