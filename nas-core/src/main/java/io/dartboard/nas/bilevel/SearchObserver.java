package io.dartboard.nas.bilevel;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;

/** Who watches and steers a search. */
public interface SearchObserver extends LoopObserver {
    /** An epoch is done and validated; the answer is obeyed before the next one starts. */
    Directive onEpoch(SearchReport report);
}
