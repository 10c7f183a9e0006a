package io.dartboard.pipeline.connect;

import io.dartboard.pipeline.config.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.jspecify.annotations.Nullable;

/** What is wrong between us and the brokers, in one line: what, and which setting or command mends it. No secrets. */
public final class KafkaTrouble {
    private static final String GRANT = "grant it with kafka-acls.sh --add --allow-principal User:NAME %s";

    private KafkaTrouble() {}

    /** The line. */
    public static String of(KafkaSettings kafka, Throwable failure) {
        var chain = chain(failure);
        var line = first(chain, KafkaUnavailable.class)
                .map(Throwable::getMessage)
                .or(() -> tls(chain))
                .or(() -> login(chain))
                .or(() -> rights(chain))
                .orElseGet(() -> words(chain));
        return kafka.client().scrubbed(String.valueOf(line)).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** True for what time or an operator can heal: an outage, a missing right, a wrong password, a lapsed certificate. */
    public static boolean heals(Throwable failure) {
        return chain(failure).stream()
                .anyMatch(each -> each instanceof RetriableException
                        || each instanceof AuthorizationException
                        || each instanceof AuthenticationException
                        || each.getClass() == KafkaException.class);
    }

    private static Optional<String> tls(List<Throwable> chain) {
        return first(chain, SSLException.class)
                .map(Throwable.class::cast)
                .or(() -> first(chain, AuthenticationException.class)
                        .filter(e -> e instanceof org.apache.kafka.common.errors.SslAuthenticationException)
                        .map(Throwable.class::cast))
                .map(e -> certificate(chain, e));
    }

    private static String certificate(List<Throwable> chain, Throwable refusal) {
        var said = chain.stream().map(each -> String.valueOf(each.getMessage())).collect(Collectors.joining(" "));
        if (said.contains("PKIX") || said.contains("trustAnchors")) {
            return said.contains("validity check failed") || said.contains("expired")
                    ? "the broker's certificate has expired or is not valid yet; renew it, or set this machine's clock"
                    : "the broker's certificate is signed by an authority that is not known here; set dartboard.kafka.properties.\"ssl.truststore.location\" to the file of its CA, with ssl.truststore.type=PEM";
        }
        if (said.contains("No subject alternative") || said.contains("No name matching")) {
            return "the broker's certificate is for another name (%s); set dartboard.kafka.bootstrap-servers to the name in the certificate, or have one issued for this name"
                    .formatted(words(chain));
        }
        if (said.contains("certificate_required") || said.contains("bad_certificate")) {
            return "the broker wants a certificate of the client; set dartboard.kafka.properties.\"ssl.keystore.location\" to one that the broker trusts, with ssl.keystore.type=PEM";
        }
        if (said.contains("certificate_unknown") || said.contains("unknown_ca")) {
            return "the broker does not trust the client's certificate; set dartboard.kafka.properties.\"ssl.keystore.location\" to one that the broker trusts";
        }
        return "no TLS connection comes about (%s); check dartboard.kafka.properties.\"security.protocol\" and the ssl. properties"
                .formatted(String.valueOf(refusal.getMessage()));
    }

    private static Optional<String> login(List<Throwable> chain) {
        return first(chain, AuthenticationException.class).map(e -> {
            if (e instanceof UnsupportedSaslMechanismException) {
                return "the broker has no such login (%s); set dartboard.kafka.properties.\"sasl.mechanism\" to one that it offers"
                        .formatted(e.getMessage());
            }
            if (e instanceof IllegalSaslStateException) {
                return "the broker's listener takes no login (%s); set dartboard.kafka.properties.\"security.protocol\" to PLAINTEXT or SSL, or the port of a listener with SASL"
                        .formatted(e.getMessage());
            }
            if (e instanceof SaslAuthenticationException) {
                return "the broker refuses the login (%s); check dartboard.kafka.properties.\"sasl.jaas.config\" and \"sasl.mechanism\""
                        .formatted(e.getMessage());
            }
            return "the broker refuses the connection (%s); check dartboard.kafka.properties.\"security.protocol\""
                    .formatted(e.getMessage());
        });
    }

    private static Optional<String> rights(List<Throwable> chain) {
        return first(chain, AuthorizationException.class).map(e -> {
            if (e instanceof TopicAuthorizationException topics) {
                var names = topics.unauthorizedTopics().isEmpty()
                        ? "nas. (prefix)"
                        : String.join(", ", topics.unauthorizedTopics());
                return "no right on topic %s; ".formatted(names)
                        + GRANT.formatted(
                                "--operation Read --operation Write --operation Describe --operation DescribeConfigs --topic nas. --resource-pattern-type prefixed");
            }
            if (e instanceof GroupAuthorizationException group) {
                return "no right on group %s; ".formatted(group.groupId())
                        + GRANT.formatted(
                                "--operation Read --operation Describe --group %s".formatted(group.groupId()));
            }
            if (e instanceof TransactionalIdAuthorizationException) {
                return "no right on the planner's transactions; "
                        + GRANT.formatted(
                                "--operation Write --operation Describe --transactional-id dartboard- --resource-pattern-type prefixed");
            }
            if (e instanceof ClusterAuthorizationException) {
                return "no right on the cluster (%s); ".formatted(e.getMessage())
                        + GRANT.formatted("--operation Create --operation IdempotentWrite --cluster");
            }
            return "no right (%s)".formatted(e.getMessage());
        });
    }

    /** The innermost message that says something. */
    private static String words(List<Throwable> chain) {
        for (var at = chain.size() - 1; at >= 0; at--) {
            var message = chain.get(at).getMessage();
            if (message != null && !message.isBlank()) {
                return chain.get(at) instanceof java.nio.file.NoSuchFileException
                        ? "file %s is missing".formatted(message)
                        : message;
            }
        }
        return chain.get(0).toString();
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> kind) {
        return chain.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        @Nullable Throwable at = failure;
        while (at != null && !chain.contains(at)) {
            chain.add(at);
            at = at.getCause();
        }
        return chain;
    }
}
