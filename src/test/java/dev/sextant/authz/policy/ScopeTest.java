package dev.sextant.authz.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final OpenAPI CONTRACT = new OpenAPIV3Parser().read("openapi.yaml");

    @Test
    void theContractListsTheSame() {
        List<?> promised = Objects.requireNonNull(
                        CONTRACT.getComponents().getSchemas().get("Scope"))
                .getEnum();

        assertThat(promised.stream().map(Object::toString)).containsExactlyInAnyOrderElementsOf(Scope.all());
    }

    @Test
    void everyScopeThatAnOperationNeedsCanBeGiven() {
        List<String> needed = CONTRACT.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getExtensions() != null)
                .map(operation -> operation.getExtensions().get("x-scopes"))
                .filter(Objects::nonNull)
                .flatMap(scopes -> ((Collection<?>) scopes).stream())
                .map(Object::toString)
                .toList();

        assertThat(Scope.all()).containsAll(needed);
    }
}
