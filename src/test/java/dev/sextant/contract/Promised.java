package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An operation of the contract. */
record Promised(String path, HttpMethod method, Operation operation) {

    /** Good ones: what is refused is refused for its caller. */
    private static final Map<String, String> OPERATION_TO_BODY = Map.ofEntries(
            Map.entry("createDataset", "{\"name\": \"planted\", \"model\": {}}"),
            Map.entry("updateDataset", "{\"description\": \"planted\"}"),
            Map.entry("inferDataset", "{\"events\": [{\"a\": 1}]}"),
            Map.entry("ingestEvents", "[{\"a\": \"planted\"}]"),
            Map.entry("ingestDefaultEvents", "[{\"a\": \"planted\"}]"),
            Map.entry("createRollup", "{\"name\": \"planted\", \"grain\": \"1h\"}"),
            Map.entry("createSavedQuery", "{\"name\": \"planted\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}"),
            Map.entry(
                    "replaceSavedQuery", "{\"name\": \"planted\", \"query\": {\"measures\": [{\"agg\": \"count\"}]}}"),
            Map.entry("runSavedQuery", "{}"),
            Map.entry("querySql", "{\"sql\": \"SELECT COUNT(*) AS c FROM @dataset@\"}"),
            Map.entry("deleteEvents", "{\"time_range\": {\"last\": \"1s\"}}"),
            Map.entry("createUser", "{\"email\": \"planted@example.com\", \"name\": \"p\", \"roles\": [\"viewer\"]}"),
            Map.entry("updateUser", "{\"name\": \"planted\"}"),
            Map.entry("inviteUser", "{\"email\": \"planted@example.com\", \"roles\": [\"viewer\"]}"),
            Map.entry(
                    "createOauthClient",
                    "{\"name\": \"planted\", \"type\": \"public\", \"redirect_uris\": [\"https://a.example.com/\"],"
                            + " \"scopes\": [\"analytics:read\"]}"),
            Map.entry(
                    "putIdentityProvider",
                    "{\"name\": \"planted\", \"issuer\": \"https://a.example.com\", \"client_id\": \"a\"}"),
            Map.entry("rotateSigningKeys", "{}"),
            Map.entry("createBackup", "{}"),
            Map.entry("scaleTenant", "{\"target\": {\"query_concurrency\": 1}}"),
            Map.entry("replaceLimits", "{\"mode\": \"throttle\"}"),
            Map.entry("createTenant", "{\"name\": \"planted\"}"),
            Map.entry("updateTenant", "{\"status\": \"suspended\"}"),
            Map.entry("putRole", "{\"scopes\": [], \"grants\": []}"),
            Map.entry(
                    "putPolicy",
                    "{\"name\": \"planted\", \"effect\": \"allow\", \"roles\": [\"viewer\"], \"resources\": [\"dataset/planted\"],"
                            + " \"actions\": [\"read\"]}"),
            Map.entry("checkAccess", "{\"action\": \"read\", \"resource\": \"dataset/sales\"}"),
            Map.entry("explainAccess", "{\"action\": \"read\", \"resource\": \"dataset/sales\"}"),
            Map.entry("updateApiKey", "{\"name\": \"planted\"}"),
            Map.entry("rotateApiKey", "{\"overlap\": \"0s\"}"),
            Map.entry("createApiKey", "{\"name\": \"planted\", \"scopes\": [\"keys:read\"]}"),
            Map.entry("replaceSecuritySettings", "{\"allowed_origins\": [\"https://planted.example\"]}"),
            Map.entry("verifyAudit", "{}"),
            Map.entry("eraseAudit", "{\"actor\": \"key_planted\"}"),
            Map.entry("queryRealtime", "{\"measures\": [{\"agg\": \"count\"}]}"));

    /** Those that ask for a credential. */
    static List<Promised> all() {
        return of(new OpenAPIV3Parser().read("openapi.yaml")).stream()
                .filter(promised -> !promised.isPublic())
                .toList();
    }

    /** Those that anybody may call, too. */
    static List<Promised> of(OpenAPI contract) {
        List<Promised> operations = new ArrayList<>();
        contract.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operations.add(
                                new Promised(path, HttpMethod.valueOf(method.name()), withShared(item, operation)))));
        return operations;
    }

    private boolean isPublic() {
        return operation.getSecurity() != null && operation.getSecurity().isEmpty();
    }

    private static Operation withShared(PathItem item, Operation operation) {
        if (item.getParameters() != null) {
            item.getParameters().forEach(operation::addParametersItem);
        }
        return operation;
    }

    String id() {
        return operation.getOperationId();
    }

    /** All of which the caller needs. */
    List<String> scopes() {
        return operation.getExtensions() != null && operation.getExtensions().get("x-scopes") instanceof List<?> scopes
                ? scopes.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Whether it may be asked without a credential, too. */
    boolean isOptional() {
        return operation.getSecurity() != null
                && operation.getSecurity().stream().anyMatch(Map::isEmpty);
    }

    boolean takes(String parameter, String in) {
        return parameters()
                .anyMatch(one -> one.getName().equals(parameter) && one.getIn().equals(in));
    }

    /** Such as {@code field=channel}, as the contract's examples have it. */
    Stream<String> required() {
        return parameters()
                .filter(one -> one.getIn().equals("query") && Boolean.TRUE.equals(one.getRequired()))
                .map(one -> one.getName() + "=" + one.getExample());
    }

    private Stream<Parameter> parameters() {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
    }

    /** Whoever may make roles, policies and providers names them: one of that name is the caller's own then. */
    boolean makesByName() {
        return List.of("putRole", "putPolicy", "putIdentityProvider").contains(id());
    }

    /**
     * JSON; empty where it takes none.
     *
     * @param dataset that it is about, where it names one
     */
    String body(String dataset) {
        String body = OPERATION_TO_BODY.getOrDefault(id(), "").replace("@dataset@", dataset);
        assertThat(body.isEmpty()).as("a good body for %s", id()).isEqualTo(operation.getRequestBody() == null);
        return body;
    }
}
