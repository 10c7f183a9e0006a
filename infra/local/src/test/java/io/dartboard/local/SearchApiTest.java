package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.dartboard.local.home.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchApiTest {
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 202;
    private String answer = "{\"run\": \"r1\", \"state\": \"WAITING\", \"requestEpoch\": 1}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldTellANewRunFromAJoinedOne() throws IOException {
        assertThat(api().submit(new ObjectMapper().readTree("{\"dataset\":\"shapes\"}")))
                .isEqualTo(new SearchApi.Submitted("r1", false, "WAITING", "", 1, Optional.empty()));
        status = 200;
        assertThat(api().submit(new ObjectMapper().createObjectNode()).joined()).isTrue();

        assertThat(asked).first().isEqualTo("POST /v1/runs {\"dataset\":\"shapes\"}");
    }

    @Test
    void shouldPassOnTheServicesOwnLineWhereItRefuses() {
        status = 422;
        answer = "{\"title\": \"Impossible\", \"detail\": \"cells must be at least 3 (was 2)\"}";

        assertThatThrownBy(() -> api().submit(new ObjectMapper().createObjectNode()))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(Exit.BAD_INPUT))
                .hasMessage("cells must be at least 3 (was 2)");
    }

    @Test
    void shouldNameCommandsAndNotRequestsToWhoeverSitsAtATerminal() {
        status = 422;
        answer = "{\"detail\": \"dataset x was never published; no dataset is. Publish it with POST /v1/datasets\"}";

        assertThatThrownBy(() -> api().submit(new ObjectMapper().createObjectNode()))
                .hasMessage(
                        "dataset x was never published; no dataset is. Publish it with infra/run datasets publish PATH"
                                + " --name NAME");
    }

    @Test
    void shouldTellADatasetThatIsKnownFromANewOne() {
        status = 201;
        assertThat(api().announce(new ObjectMapper().createObjectNode()).news()).isTrue();
        status = 200;
        assertThat(api().announce(new ObjectMapper().createObjectNode()).news()).isFalse();
    }

    @Test
    void shouldBlameTheEnvironmentWhereTheServiceCannotHelpIt() {
        status = 503;
        answer = "";

        assertThatThrownBy(() -> api().cancel("r1"))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(Exit.ENVIRONMENT))
                .hasMessageContaining("status 503")
                .hasMessageContaining("/v1/runs/r1");
    }

    @Test
    void shouldSayWhatToDoWhereNobodyAnswers() {
        var nobody = new SearchApi("http://127.0.0.1:" + Ports.free(1).kafka());

        assertThatThrownBy(() -> nobody.cancel("r1"))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(Exit.ENVIRONMENT))
                .hasMessageContaining("search-svc does not answer")
                .hasMessageContaining("infra/run up");
    }

    private SearchApi api() {
        return new SearchApi("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
