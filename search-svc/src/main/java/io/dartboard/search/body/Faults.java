package io.dartboard.search.body;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, all of it: whoever asks shall not mend one fault to be told the next. */
public final class Faults {
    private final List<Refused> found = new ArrayList<>();

    /** Makes a check whose refusal is remembered. */
    public void trying(Runnable check) {
        try {
            check.run();
        } catch (Refused refused) {
            add(refused);
        }
    }

    /** Remembers a fault, or several; the same words count once. */
    public void add(Refused refused) {
        if (found.stream().noneMatch(other -> other.getMessage().equals(refused.getMessage()))) {
            found.add(refused);
        }
    }

    /** @throws Refused with all of them, if there are any: the first decides of which kind it is */
    public void end() {
        if (found.size() == 1) {
            throw found.get(0);
        }
        if (!found.isEmpty()) {
            throw new Refused(
                    found.get(0).kind(),
                    found.stream().flatMap(each -> each.faults().stream()).toList());
        }
    }
}
