package dev.sextant.analytics.sql;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.query.run.Admission;
import dev.sextant.query.run.Meta;
import dev.sextant.query.run.SqlAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Map;

/** {@code POST /api/v2/analytics/sql} */
record QuerySqlOperation(Bus bus, Admission admission, InstantSource clock) implements Operation {

    @Override
    public String operationId() {
        return "querySql";
    }

    @Override
    public Future<Reply> handle(Call call) {
        long startedNanos = System.nanoTime();
        AskSql asked = call.rowsMax()
                .bound(call.body().json(), AskSql.LIMIT_BY_DEFAULT)
                .as(AskSql.class);
        return admission
                .admit(
                        call.principal().tenant(),
                        () -> bus.askHere(
                                SqlAddresses.ASK,
                                new RunSql(asked, call.receiver().hungUp()),
                                call.origin()))
                .onSuccess(answer -> {
                    call.usage().cost(answer.units());
                    call.usage().dataset(String.join(",", answer.datasets()));
                })
                .map(answer -> reply(answer, answer.meta(Meta.queryId(call.trace()), startedNanos, clock.instant())));
    }

    private static Reply reply(SqlAnswer answer, Meta meta) {
        String last = meta.json() + "}";
        Buffer json = Buffer.buffer(answer.json().length() + last.length())
                .appendBuffer(answer.json())
                .appendString(last);
        return new Reply.Encoded(
                200,
                Map.of(
                        "content-type",
                        "application/json",
                        "cache-status",
                        answer.cache().header(),
                        "server-timing",
                        meta.timing()),
                json);
    }
}
