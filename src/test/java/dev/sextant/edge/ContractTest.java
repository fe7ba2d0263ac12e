package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.nio.charset.StandardCharsets;
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

    @Test
    void leavesToTheOperationWhatItShowsOnly() throws Exception {
        JsonNode query = Json.tree(
                "{\"measures\": [{\"agg\": \"summ\"}], \"dimensions\": [7]}".getBytes(StandardCharsets.UTF_8));

        assertThat(Contract.read().schema("Query").validate(query)).isEmpty();
        assertThat(Contract.readAsShown().schema("Query").validate(query))
                .extracting(error -> error.getInstanceLocation().toString())
                .contains("/measures/0/agg", "/dimensions/0");
    }
}
