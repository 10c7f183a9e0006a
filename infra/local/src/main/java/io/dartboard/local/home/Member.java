package io.dartboard.local.home;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A part of the local stack; each of its processes is an {@link Instance} of one. */
public enum Member {
    /** The Kafka broker and the S3 endpoint, one process. */
    STACK("stack", 0),
    SEARCH("search-svc", 1),
    DERIVE("derive-svc", 2),
    EVAL("eval-svc", 3),
    TRANSFER("transfer-svc", 4);

    private final String id;
    private final int number;

    Member(String id, int number) {
        this.id = id;
        this.number = number;
    }

    /** Its name, which is also the name of its module, log and pid file. */
    public String id() {
        return id;
    }

    /** The four services, in data-flow order. */
    public static List<Member> services() {
        return List.of(SEARCH, DERIVE, EVAL, TRANSFER);
    }

    /**
     * The member of this name, with or without {@code -svc}.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Member named(String name) {
        return Arrays.stream(values())
                .filter(member -> member.id.equals(name) || member.id.equals(name + "-svc"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service '%s'; known: %s"
                        .formatted(name, Arrays.stream(values()).map(Member::id).collect(Collectors.joining(", ")))));
    }

    /** True of the services that have workers. */
    public boolean trains() {
        return this == SEARCH || this == EVAL || this == TRANSFER;
    }

    /** 1 to 4 for the services in data-flow order, 0 for the stack. */
    public int number() {
        return number;
    }
}
