package dev.sextant.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.identity.client.AuthenticateClient;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {

    /** {@code key_1:ak_x} in base64. */
    private static final String BASIC = "Basic a2V5XzE6YWtfeA==";

    @Test
    void readsThemFromTheForm() {
        ObjectNode form = form().put("client_id", "key_1").put("client_secret", "ak_x");

        assertThat(ClientCredentials.of(Optional.empty(), form)).isEqualTo(new ClientCredentials("key_1", "ak_x"));
    }

    @Test
    void readsThemFromHttpBasic() {
        assertThat(ClientCredentials.of(Optional.of(BASIC), form())).isEqualTo(new ClientCredentials("key_1", "ak_x"));
    }

    @Test
    void takesTheSameIdInTheFormBesideHttpBasic() {
        ObjectNode form = form().put("client_id", "key_1");

        assertThat(ClientCredentials.of(Optional.of(BASIC), form)).isEqualTo(new ClientCredentials("key_1", "ak_x"));
        assertThat(ClientCredentials.ofClient(Optional.of(BASIC), form))
                .isEqualTo(new AuthenticateClient("key_1", "ak_x"));
    }

    @Test
    void refusesTwoSecretsAndTwoClients() {
        ObjectNode sameTwice = form().put("client_id", "key_1").put("client_secret", "ak_x");

        assertRefused(Problem.OauthRefused.class, Optional.of(BASIC), sameTwice);
        assertRefused(Problem.OauthRefused.class, Optional.of(BASIC), form().put("client_secret", "ak_x"));
        assertRefused(Problem.OauthRefused.class, Optional.of(BASIC), form().put("client_id", "key_2"));
        assertRefused(Problem.OauthRefused.class, Optional.of(BASIC), form().put("client_id", 1));
    }

    @Test
    void refusesHalfOfThem() {
        assertRefused(Problem.OauthRefused.class, Optional.empty(), form().put("client_id", "key_1"));
        assertRefused(Problem.OauthRefused.class, Optional.empty(), form().put("client_secret", "ak_x"));
        assertRefused(Problem.OauthRefused.class, Optional.empty(), form());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic %%%", "Basic a2V5XzE=", "Bearer a2V5XzE6YWtfeA=="})
    void refusesAHeaderThatIsNoHttpBasic(String authorization) {
        assertRefused(Problem.OauthRefused.class, Optional.of(authorization), form());
    }

    private static void assertRefused(
            Class<? extends Problem> problem, Optional<String> authorization, ObjectNode form) {
        assertThatThrownBy(() -> ClientCredentials.of(authorization, form))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(problem));
    }

    private static ObjectNode form() {
        return JsonNodeFactory.instance.objectNode().put("grant_type", "client_credentials");
    }
}
