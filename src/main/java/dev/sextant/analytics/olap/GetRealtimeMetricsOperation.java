package dev.sextant.analytics.olap;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.EntityTag;
import dev.sextant.http.Operation;
import dev.sextant.http.Params;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v2/analytics/realtime/metrics} */
record GetRealtimeMetricsOperation(Bus bus) implements Operation {

    @Override
    public String operationId() {
        return "getRealtimeMetrics";
    }

    @Override
    public Future<Reply> handle(Call call) {
        Params params = call.params();
        params.find("dataset", String.class).ifPresent(call.usage()::dataset);
        AskMetrics question = new AskMetrics(
                params.find("dataset", String.class).orElse(null),
                params.text("timeframe"),
                params.find("metrics", List.class).isPresent() ? params.texts("metrics") : List.of(),
                params.find("group_by", String.class).orElse(null),
                params.find("step", String.class).orElse(null),
                params.find("compare", String.class).orElse(null));
        String known = params.find("If-None-Match", String.class).orElse("");
        return bus.askHere(
                        OlapAddresses.METRICS,
                        new RunMetrics(question, call.receiver().hungUp()),
                        call.origin())
                .onSuccess(answer -> {
                    call.usage().cost(answer.units());
                    call.usage().dataset(answer.report().dataset());
                })
                .map(answer -> reply(answer, known));
    }

    private static Reply reply(TaggedReport answer, String known) {
        Map<String, String> headers = Map.of("etag", answer.etag());
        return EntityTag.isKnown(known, answer.etag())
                ? new Reply.NotModified(headers)
                : new Reply.Value(200, headers, answer.report());
    }
}
