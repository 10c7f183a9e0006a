package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.schemas.Cleanup;
import io.dartboard.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a topic that exists differs from what the pipeline needs.
 *
 * @param refusals differences by which history could be lost or a planner be misled, each with the command that repairs it
 * @param remarks differences that lose nothing
 */
record TopicFit(List<String> refusals, List<String> remarks) {
    /** What a broker takes unless told otherwise; no record of the pipeline is larger. */
    static final int LARGEST_RECORD = 1_048_588;

    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String MAX_BYTES = "max.message.bytes";

    TopicFit {
        refusals = List.copyOf(refusals);
        remarks = List.copyOf(remarks);
    }

    /**
     * Compares.
     *
     * @param partitions that the topic has
     * @param found its settings as they hold, the broker's defaults included; empty where they may not be read
     */
    static TopicFit of(KafkaSettings kafka, Topic<?> topic, int partitions, Map<String, String> found) {
        var refusals = new ArrayList<String>();
        var remarks = new ArrayList<String>();
        if (partitions != Topic.PARTITIONS) {
            refusals.add(
                    "topic %s has %d partitions and must have %d, so that planners see all facts in one order; if it holds nothing that matters, delete it and it is made anew: %s --delete --topic %s"
                            .formatted(
                                    topic.name(),
                                    partitions,
                                    Topic.PARTITIONS,
                                    tool("kafka-topics.sh", kafka),
                                    topic.name()));
        }
        if (!found.isEmpty()) {
            compare(kafka, topic, found, refusals, remarks);
        }
        return new TopicFit(refusals, remarks);
    }

    private static void compare(
            KafkaSettings kafka,
            Topic<?> topic,
            Map<String, String> found,
            List<String> refusals,
            List<String> remarks) {
        var policy = found.getOrDefault(CLEANUP, "delete").toLowerCase(Locale.ROOT);
        var deletes = policy.contains("delete");
        var compacts = policy.contains("compact");
        var forever = topic.retention().isNegative();
        if (topic.cleanup() == Cleanup.DELETE && forever && compacts) {
            refusals.add(repair(
                    kafka, topic, CLEANUP, policy, "delete", "compaction removes all but the newest record of a key"));
        } else if (!policy.equals(topic.cleanup().policy())) {
            remarks.add(differs(topic, CLEANUP, policy, topic.cleanup().policy()));
        }
        if (deletes) {
            retention(kafka, topic, found, refusals, remarks);
        }
        var largest = number(found, MAX_BYTES, LARGEST_RECORD);
        if (largest < LARGEST_RECORD) {
            refusals.add(repair(
                    kafka,
                    topic,
                    MAX_BYTES,
                    Long.toString(largest),
                    Integer.toString(LARGEST_RECORD),
                    "a record of the pipeline may be larger"));
        }
    }

    private static void retention(
            KafkaSettings kafka,
            Topic<?> topic,
            Map<String, String> found,
            List<String> refusals,
            List<String> remarks) {
        var wanted = topic.retention().isNegative() ? -1 : topic.retention().toMillis();
        var kept = number(found, RETENTION, -1);
        if (kept >= 0 && (wanted < 0 || kept < wanted)) {
            refusals.add(repair(
                    kafka,
                    topic,
                    RETENTION,
                    Long.toString(kept),
                    Long.toString(wanted),
                    "older records are deleted and with them history"));
        } else if (kept != wanted) {
            remarks.add(differs(topic, RETENTION, Long.toString(kept), Long.toString(wanted)));
        }
        var bytes = number(found, RETENTION_BYTES, -1);
        if (bytes >= 0) {
            refusals.add(repair(
                    kafka,
                    topic,
                    RETENTION_BYTES,
                    Long.toString(bytes),
                    "-1",
                    "older records are deleted when the topic has grown"));
        }
    }

    private static String repair(
            KafkaSettings kafka, Topic<?> topic, String setting, String found, String wanted, String why) {
        return "topic %s has %s=%s: %s; set it to %s: %s --alter --entity-type topics --entity-name %s --add-config %s=%s"
                .formatted(
                        topic.name(),
                        setting,
                        found,
                        why,
                        wanted,
                        tool("kafka-configs.sh", kafka),
                        topic.name(),
                        setting,
                        wanted);
    }

    private static String differs(Topic<?> topic, String setting, String found, String ours) {
        return "topic %s has %s=%s, where a service would have set %s; nothing is lost by it"
                .formatted(topic.name(), setting, found, ours);
    }

    /** The command that makes a topic, for where a service may not. */
    static String creation(KafkaSettings kafka, Topic<?> topic) {
        var configs = topic.settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> " --config %s=%s".formatted(setting.getKey(), setting.getValue()))
                .reduce("", String::concat);
        return "%s --create --topic %s --partitions %d%s"
                .formatted(tool("kafka-topics.sh", kafka), topic.name(), Topic.PARTITIONS, configs);
    }

    private static String tool(String name, KafkaSettings kafka) {
        return "%s --bootstrap-server %s".formatted(name, kafka.bootstrapServers());
    }

    private static long number(Map<String, String> found, String setting, long otherwise) {
        var value = found.get(setting);
        return value == null || value.isBlank() ? otherwise : Long.parseLong(value.strip());
    }
}
