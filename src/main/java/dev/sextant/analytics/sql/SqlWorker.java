package dev.sextant.analytics.sql;

import dev.sextant.bus.Bus;
import dev.sextant.query.run.SqlService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers SQL. Many statements may be under way at once: the engine bounds them. */
final class SqlWorker extends VerticleBase {

    private final Bus bus;
    private final SqlService service;

    SqlWorker(Bus bus, SqlService service) {
        this.bus = bus;
        this.service = service;
    }

    @Override
    public Future<?> start() {
        return bus.answer(
                SqlAddresses.ASK,
                (question, origin) -> service.ask(
                                origin.principal(), question.sql(), question.values(), question.rowsMax())
                        .map(table -> new SqlAnswer(SqlWriter.write(table), table)));
    }
}
