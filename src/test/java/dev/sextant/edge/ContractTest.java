package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.Test;

class ContractTest {

    @Test
    void isOpenApiByTheReferenceParser() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        assertThat(new OpenAPIV3Parser()
                        .readLocation("openapi.yaml", null, options)
                        .getMessages())
                .isEmpty();
    }
}
