package io.dartboard.pipeline.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Keeps the metrics page such that promtool finds nothing to complain of: what libraries add has a line of help, and what
 * they name against the rules is left out.
 */
public final class PlainPage implements MeterFilter {
    /** Nanoseconds under an abbreviated unit, and a gauge that is called a count. */
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "system.cpu.count");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        // The two series of a long task timer have names of their own, and the line of help stands under a third.
        return LEFT_OUT.contains(id.getName())
                        || id.getName().startsWith("netty.")
                        || id.getType() == Meter.Type.LONG_TASK_TIMER
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        var help = id.getDescription();
        return help != null && !help.isBlank()
                ? id
                : new Meter.Id(
                        id.getName(),
                        Tags.of(id.getTagsAsIterable()),
                        id.getBaseUnit(),
                        id.getName().replace('.', ' '),
                        id.getType());
    }
}
