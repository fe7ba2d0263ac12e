package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operation of the contract has tests that claim it, and none is claimed that there is not. */
class CoverageTest {

    @Test
    void everyOperationIsClaimed() {
        Set<String> claimed = new ClassFileImporter()
                .importPackages("dev.sextant.contract").stream()
                        .filter(type -> type.isAnnotatedWith(Covers.class))
                        .flatMap(CoverageTest::claims)
                        .collect(Collectors.toSet());

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(promised());
    }

    private static Stream<String> claims(JavaClass type) {
        return Stream.of(type.getAnnotationOfType(Covers.class).value());
    }

    private static Set<String> promised() {
        OpenAPI contract = new OpenAPIV3Parser().read("openapi.yaml");
        return contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getOperationId)
                .collect(Collectors.toSet());
    }
}
