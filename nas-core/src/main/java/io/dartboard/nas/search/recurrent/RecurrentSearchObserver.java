package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;

/** Who watches and steers a search for a recurrent cell. */
public interface RecurrentSearchObserver extends LoopObserver {
    /** An epoch is done and validated; the answer is obeyed before the next one starts. */
    Directive onEpoch(RecurrentSearchReport report);
}
