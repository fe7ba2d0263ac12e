package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void saysWhatWouldDo() throws Exception {
        JsonNode change = Json.tree("{}".getBytes(StandardCharsets.UTF_8));
        JsonNode wish = Json.tree("{\"target\": {}, \"ttl\": \"soon\"}".getBytes(StandardCharsets.UTF_8));
        Parameter tenant = Contract.read().operations().stream()
                .filter(operation -> operation.operationId().equals("scaleTenant"))
                .flatMap(operation -> operation.parameters().stream())
                .filter(parameter -> parameter.name().equals("id"))
                .findFirst()
                .orElseThrow();

        assertThat(Contract.read().schema("TenantChange").validate(change))
                .extracting(Wording::of)
                .singleElement()
                .asString()
                .startsWith("must have one of these at least: name, ");
        assertThat(Contract.read().schema("ScaleWish").validate(wish))
                .extracting(Wording::of)
                .containsExactly(
                        "must have a form such as 2h: does not match the regex pattern ^[1-9][0-9]{0,5}[smhd]$");
        assertThat(tenant.schema().validate(tenant.coerced(List.of("acme"))))
                .extracting(Wording::of)
                .singleElement()
                .asString()
                .startsWith("must have a form such as ten_06ftdvp0a9kq5d1s7j2m3n4o5p: ");
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
