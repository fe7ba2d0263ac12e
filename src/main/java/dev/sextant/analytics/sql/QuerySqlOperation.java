package dev.sextant.analytics.sql;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.query.run.Admission;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;

/** {@code POST /api/v2/analytics/sql} */
record QuerySqlOperation(Bus bus, Admission admission) implements Operation {

    @Override
    public String operationId() {
        return "querySql";
    }

    @Override
    public Future<Reply> handle(Call call) {
        long startedNanos = System.nanoTime();
        return admission
                .admit(
                        call.principal().tenant(),
                        () -> bus.askHere(SqlAddresses.ASK, call.body().as(AskSql.class), call.origin()))
                .map(answer -> new Reply.Encoded(
                        200, Map.of("content-type", "application/json"), json(answer, call, startedNanos)));
    }

    private static Buffer json(SqlAnswer answer, Call call, long startedNanos) {
        double elapsedMillis = (System.nanoTime() - startedNanos) / 1_000_000.0;
        String meta = String.format(
                Locale.ROOT,
                ",\"meta\":{\"query_id\":\"qry_%s\",\"elapsed_ms\":%.2f}}",
                call.trace().spanId(),
                elapsedMillis);
        return Buffer.buffer(answer.json().length() + meta.length())
                .appendBuffer(answer.json())
                .appendString(meta);
    }
}
