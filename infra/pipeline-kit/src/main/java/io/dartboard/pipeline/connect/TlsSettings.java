package io.dartboard.pipeline.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS as a client of Kafka would speak it.
 *
 * @param context stores and keys
 * @param protocols versions that are allowed; empty leaves them to the JDK
 * @param suites ciphers that are allowed; empty leaves them to the JDK
 * @param identification how the broker's name is checked; empty for not at all
 */
record TlsSettings(SSLContext context, List<String> protocols, List<String> suites, String identification) {

    /**
     * Reads the stores.
     *
     * @return empty where the installation brings an engine of its own
     * @throws org.apache.kafka.common.KafkaException if a store cannot be read
     */
    static Optional<TlsSettings> of(AdminClientConfig settings) {
        if (settings.getClass(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG) != null) {
            return Optional.empty();
        }
        try (var engines = new DefaultSslEngineFactory()) {
            engines.configure(settings.values());
            var protocols = settings.getList(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);
            var suites = settings.getList(SslConfigs.SSL_CIPHER_SUITES_CONFIG);
            var identification = settings.getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
            return Optional.of(new TlsSettings(
                    engines.sslContext(),
                    protocols == null ? List.of() : List.copyOf(protocols),
                    suites == null ? List.of() : List.copyOf(suites),
                    identification == null ? "" : identification));
        }
    }

    /** A socket that speaks it over another. */
    SSLSocket over(Socket socket, String host, int port) throws IOException {
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        var parameters = secured.getSSLParameters();
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        parameters.setEndpointIdentificationAlgorithm(identification);
        secured.setSSLParameters(parameters);
        return secured;
    }
}
