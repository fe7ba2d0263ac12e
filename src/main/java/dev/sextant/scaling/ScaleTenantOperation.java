package dev.sextant.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/admin/tenants/{id}/scale} */
record ScaleTenantOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "scaleTenant";
    }

    @Override
    public Future<Reply> handle(Call call) {
        JsonNode body = call.body().tree();
        String tenantId = call.params().text("id");
        Target target = Json.read(body.path("target"), Target.class);
        if (target.equals(Target.USUAL)) {
            return ProblemException.failed(nothingWanted());
        }
        ScaleTenant question = new ScaleTenant(
                tenantId,
                target,
                ttl(body.path("ttl")),
                body.path("dry_run").asBoolean(false),
                body.path("reason").asText(""));
        return bus.askHere(ScalingAddresses.SCALE, question, call.origin()).map(report -> reply(report, tenantId));
    }

    private static Problem nothingWanted() {
        String detail =
                "names nothing to change: give one of query_concurrency, ingest_eps, push_connections, replicas";
        return new Problem.InvalidRequest(
                List.of(Violation.at("/target", "missing_field", detail)), "There is nothing to do: see errors.");
    }

    static Reply reply(ScaleReport report, String tenantId) {
        return report.operationId() == null
                ? Reply.ok(report)
                : new Reply.Value(
                        202,
                        Map.of("location", "/api/v2/operations/" + report.operationId() + "?tenant_id=" + tenantId),
                        report);
    }

    /** Such as {@code 2h}; the contract has seen to its form. */
    private static @Nullable Duration ttl(JsonNode ttl) {
        if (!ttl.isTextual()) {
            return null;
        }
        String text = ttl.textValue();
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
