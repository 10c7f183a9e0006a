package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All rules together: what they find at an epoch, and which epoch before it was the last healthy one. A pure function of the
 * epochs' signs.
 *
 * <p>Before their {@link Onset} no rule speaks, and a rule that looks back must not rule out every later epoch, either. At
 * a search's last epoch each says what that cell is, for it is what the search comes to.
 *
 * @param rules each on its own
 * @param onset from when on they speak, and which epochs can be gone back to
 * @param epochs of the search
 */
public record CollapseDetector(List<CollapseRule> rules, Onset onset, int epochs) {
    /** By which rules a guard goes. */
    public enum Rules {
        /** Those of {@link #usual}. */
        STEADY("steady"),
        /** Those of {@link #published}. */
        PUBLISHED("published");

        private final String id;

        Rules(String id) {
            this.id = id;
        }

        /** By which they are asked for. */
        public String id() {
            return id;
        }

        /**
         * Those of an id.
         *
         * @throws IllegalArgumentException if there are none; the message lists those that exist
         */
        public static Rules of(String id) {
            return Arrays.stream(values())
                    .filter(rules -> rules.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "rules must be %s or %s (was '%s')".formatted(STEADY.id, PUBLISHED.id, id)));
        }

        /** Their detector for a search of so many epochs. */
        public CollapseDetector detector(int epochs) {
            return this == STEADY ? usual(epochs) : published(epochs);
        }
    }

    /** What an epoch must have of steps to be one, as those of published searches have: PC-DARTS' have 97, DARTS' 390. */
    private static final long EPOCH = 100;

    /** Ten such. */
    private static final long EPOCHS = 1000;

    /** Of a rise of averages that are compared some twenty times in a search, so that two in a hundred rise by chance. */
    private static final double ERRORS = 4;

    private static final List<CollapseRule> PUBLISHED = List.of(
            SkipConnections.PUBLISHED,
            new ParameterFreeShare(0.5),
            EigenvalueRise.PUBLISHED,
            new SkipMassRise(5, 0.3, 0),
            new StableGenotype(10, 0),
            new DiscretizationGap(0.1));

    private static final List<CollapseRule> STEADY = List.of(
            new Lasting(SkipConnections.PUBLISHED, EPOCH),
            new Lasting(new ParameterFreeShare(0.5), EPOCH),
            new EigenvalueRise(5, 4, 1.3, EPOCH, ERRORS),
            new SkipMassRise(5, 0.3, EPOCH),
            new StableGenotype(10, EPOCHS),
            new DiscretizationGap(0.1));

    public CollapseDetector {
        rules = List.copyOf(rules);
    }

    /** The rules as they were published, which count epochs. */
    public static CollapseDetector published(int epochs) {
        return new CollapseDetector(PUBLISHED, Onset.published(epochs), epochs);
    }

    /**
     * The same at the same levels, but so that they hold whatever the length of an epoch: they count steps of the weights where
     * there are few in an epoch, and take no scatter for a rise.
     */
    public static CollapseDetector usual(int epochs) {
        return new CollapseDetector(STEADY, Onset.trained(epochs), epochs);
    }

    /**
     * The same from an epoch on, whatever the steps.
     *
     * @throws IllegalArgumentException if that is before the first
     */
    public CollapseDetector from(int epoch) {
        return new CollapseDetector(rules, Onset.at(epoch), epochs);
    }

    /** The same by what its rules mean in a space. */
    public CollapseDetector in(SearchSpace space) {
        return new CollapseDetector(
                rules.stream()
                        .map(rule -> rule.in(space))
                        .flatMap(Optional::stream)
                        .toList(),
                onset,
                epochs);
    }

    /**
     * What was found.
     *
     * @param findings at the last epoch, in the order of the rules
     * @param healthyEpoch the last epoch before at which nothing was found but that the search had settled, and which no
     *     finding rules out; of a search that collapses where none that counts is so, the last that is no collapse, however
     *     early; 0 where there is none
     */
    public record Diagnosis(List<Finding> findings, int healthyEpoch) {
        public Diagnosis {
            findings = List.copyOf(findings);
        }

        /** The same, and what a further rule has found. */
        public Diagnosis with(Optional<Finding> found) {
            return new Diagnosis(
                    Stream.concat(findings.stream(), found.stream()).toList(), healthyEpoch);
        }

        /** The worst of the findings. */
        public Optional<Severity> worst() {
            return findings.stream().map(Finding::severity).max(Enum::compareTo);
        }
    }

    /**
     * Looks at the last of some epochs.
     *
     * @param history at least one epoch, in order
     */
    public Diagnosis look(List<Signs> history) {
        boolean isEnd = CollapseRule.last(history).epoch() >= epochs;
        List<Finding> findings = findings(history, isEnd).stream()
                .filter(each -> each.severity() != Severity.COLLAPSE || onset.counts(history, each.healthyUntil()))
                .toList();
        OptionalInt until = findings.stream()
                .filter(each -> each.severity() == Severity.COLLAPSE)
                .mapToInt(Finding::healthyUntil)
                .min();
        List<List<Signs>> before = IntStream.range(1, history.size())
                .mapToObj(back -> history.subList(0, history.size() - back))
                .filter(some -> until.isEmpty() || CollapseRule.last(some).epoch() <= until.getAsInt())
                .toList();
        int healthy = before.stream()
                .filter(some -> onset.counts(CollapseRule.last(some)) && isHealthy(some))
                .findFirst()
                .or(() -> before.stream()
                        .filter(some -> until.isPresent() && isNoCollapse(some))
                        .findFirst())
                .map(some -> CollapseRule.last(some).epoch())
                .orElse(0);
        return new Diagnosis(findings, healthy);
    }

    private boolean isHealthy(List<Signs> history) {
        return findings(history, false).stream().allMatch(each -> each.severity() == Severity.SETTLED);
    }

    /** Whether the cell of an epoch would do as the search's, however early it is: even a draw does better than a collapse. */
    private boolean isNoCollapse(List<Signs> history) {
        return found(history, true).noneMatch(each -> each.severity() == Severity.COLLAPSE);
    }

    private List<Finding> findings(List<Signs> history, boolean isEnd) {
        return onset.counts(CollapseRule.last(history)) ? found(history, isEnd).toList() : List.of();
    }

    private Stream<Finding> found(List<Signs> history, boolean isEnd) {
        return rules.stream().map(rule -> isEnd ? rule.atTheEnd() : rule).flatMap(rule -> rule.look(history).stream());
    }
}
