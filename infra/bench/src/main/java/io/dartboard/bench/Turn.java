package io.dartboard.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What one process has measured of a subject.
 *
 * @param peak bytes that its first step needed at most, beside what the process held before it
 * @param seconds of each step that was timed
 */
record Turn(long peak, List<Double> seconds) {

    /** What {@link #lines} told. */
    static Turn parse(List<String> lines) {
        return new Turn(
                Long.parseLong(lines.get(0)),
                lines.stream().skip(1).map(Double::parseDouble).toList());
    }

    /** One figure a line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(Long.toString(peak)));
        seconds.forEach(each -> lines.add(Double.toString(each)));
        return lines;
    }
}
