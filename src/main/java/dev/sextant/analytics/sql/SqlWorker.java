package dev.sextant.analytics.sql;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Origin;
import dev.sextant.query.run.SqlAnswer;
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
        return bus.answer(SqlAddresses.ASK, this::ask);
    }

    private Future<SqlAnswer> ask(RunSql question, Origin origin) {
        AskSql asked = question.asked();
        return service.ask(origin, asked.sql(), asked.values(), asked.rowsMax(), question.hungUp());
    }
}
