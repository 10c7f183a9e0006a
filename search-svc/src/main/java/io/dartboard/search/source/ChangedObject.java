package io.dartboard.search.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.pipeline.config.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object that a store says has changed.
 *
 * @param bucket its bucket
 * @param key its key, as it is and not as it is written in an address
 */
public record ChangedObject(String bucket, String key) {
    private static final String READ = "ObjectAccessed";

    /**
     * The objects that a notification is about, whatever became of them but that they were read: a list {@code Records} of S3's
     * event messages, as AWS, MinIO, Ceph and others write it, with keys as in addresses; or an event of EventBridge, with the
     * key as it is; or one of these in the message of an SNS notification, as bridges pass it on. A store's trial of the connection
     * is about none.
     *
     * @throws IllegalArgumentException with one line, if it is neither
     */
    public static List<ChangedObject> of(String text) {
        var message = StrictJson.read(text);
        return of(isWrapped(message) ? StrictJson.read(message.path("Message").textValue()) : message);
    }

    private static boolean isWrapped(JsonNode message) {
        return message.path("Type").asText().equals("Notification")
                && message.path("Message").isTextual();
    }

    private static List<ChangedObject> of(JsonNode message) {
        if (message.path("Records").isArray()) {
            var objects = new ArrayList<ChangedObject>();
            for (var i = 0; i < message.path("Records").size(); i++) {
                var record = message.path("Records").get(i);
                if (!record.path("eventName").asText().contains(READ)) {
                    var where = "Records[%d].s3".formatted(i);
                    objects.add(new ChangedObject(
                            bucket(record.path("s3"), where), decoded(key(record.path("s3"), where), where)));
                }
            }
            return List.copyOf(objects);
        }
        if (message.path("detail").isObject()) {
            var detail = message.path("detail");
            return List.of(new ChangedObject(bucket(detail, "detail"), key(detail, "detail")));
        }
        if (message.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        throw new IllegalArgumentException(
                "it is no notification of a bucket: it has neither a list Records nor an object detail");
    }

    /**
     * The object that a record without a value is about: MinIO's way to say that the one of the record's key is gone.
     *
     * @param name bucket and key with a slash between
     */
    static Optional<ChangedObject> named(String name) {
        var slash = name.indexOf('/');
        return slash < 1
                ? Optional.empty()
                : Optional.of(new ChangedObject(name.substring(0, slash), name.substring(slash + 1)));
    }

    private static String bucket(JsonNode in, String where) {
        return text(in.path("bucket").path("name"), where + ".bucket.name");
    }

    private static String key(JsonNode in, String where) {
        return text(in.path("object").path("key"), where + ".object.key");
    }

    private static String text(JsonNode node, String where) {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw new IllegalArgumentException("%s is missing; it names what has changed".formatted(where));
        }
        return node.textValue();
    }

    private static String decoded(String key, String where) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s.object.key must be written as in an address, as a%%20b (was '%s')"
                            .formatted(where, key.length() <= 40 ? key : key.substring(0, 40) + "..."),
                    e);
        }
    }
}
