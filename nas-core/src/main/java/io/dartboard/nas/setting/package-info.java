/**
 * Settings: records whose components have the names under which people write them, in a run's file, in a contract and in a
 * refusal. Here they are checked, written out and made by those names.
 */
@NullMarked
package io.dartboard.nas.setting;

import org.jspecify.annotations.NullMarked;
