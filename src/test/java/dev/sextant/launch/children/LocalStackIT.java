package dev.sextant.launch.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code cluster/local}: Kafka and Druid from their Maven artifacts. */
@Tag("druid")
class LocalStackIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void druidAnswersSql() throws Exception {
        HttpRequest question = HttpRequest.newBuilder(URI.create(TestStack.broker() + "/druid/v2/sql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"SELECT 40 + 2 AS answer\"}"))
                .build();

        assertThat(body(question)).isEqualTo("[{\"answer\":42}]");
    }

    @Test
    void eachServiceAnswersForItself() throws Exception {
        assertThat(body(get(TestStack.coordinator() + "/druid/indexer/v1/leader")))
                .isEqualTo(TestStack.coordinator());
        assertThat(body(get(TestStack.broker() + "/druid/broker/v1/loadstatus")))
                .contains("inventoryInitialized");
    }

    @Test
    void kafkaTakesConnections() {
        assertThat(KafkaFiles.answers(TestStack.kafkaPort())).isTrue();
    }

    private static HttpRequest get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).GET().build();
    }

    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().strip();
    }
}
