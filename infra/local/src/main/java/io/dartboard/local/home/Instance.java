package io.dartboard.local.home;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One process of a member. The first has every role; further ones of a service that trains are workers alone.
 *
 * @param member what it runs
 * @param number from 1
 */
public record Instance(Member member, int number) implements Comparable<Instance> {

    public Instance {
        if (number < 1 || (number > 1 && !member.trains())) {
            throw new IllegalArgumentException("there is no %s-%d".formatted(member.id(), number));
        }
    }

    /** The first process of a member. */
    public static Instance first(Member member) {
        return new Instance(member, 1);
    }

    /**
     * All processes of a stack, in the order in which they start.
     *
     * @param workers processes of each service that trains
     */
    public static Stream<Instance> all(int workers) {
        return Stream.concat(
                Stream.of(Member.values()).map(Instance::first),
                IntStream.rangeClosed(2, workers).boxed().flatMap(number -> Stream.of(Member.values())
                        .filter(Member::trains)
                        .map(member -> new Instance(member, number))));
    }

    /**
     * The process of this name, as {@code eval-svc}, {@code eval} or {@code eval-svc-2}.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Instance named(String name, int workers) {
        return all(workers)
                .filter(instance -> instance.number > 1 && instance.id().equals(name))
                .findFirst()
                .orElseGet(() -> first(Member.named(name)));
    }

    /** Its name, which is also the name of its log, pid file and work folder. */
    public String id() {
        return number == 1 ? member.id() : "%s-%d".formatted(member.id(), number);
    }

    /** What it is to people. */
    public String title() {
        return member == Member.STACK ? "Kafka and S3" : id();
    }

    /** True if it does nothing but jobs. */
    public boolean worksOnly() {
        return number > 1;
    }

    @Override
    public int compareTo(Instance other) {
        var byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : member.compareTo(other.member);
    }
}
