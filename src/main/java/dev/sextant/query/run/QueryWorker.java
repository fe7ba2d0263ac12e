package dev.sextant.query.run;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers queries for those who ask by the bus. Many may be under way at once: the engine bounds them. */
final class QueryWorker extends VerticleBase {

    private final Bus bus;
    private final QueryService service;
    private final QueriesOnTerms onTerms;

    QueryWorker(Bus bus, QueryService service, QueriesOnTerms onTerms) {
        this.bus = bus;
        this.service = service;
        this.onTerms = onTerms;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(
                        QueryAddresses.ASK,
                        (question, origin) -> service.ask(origin, question.body(), question.hungUp())),
                bus.answer(
                        QueryAddresses.ASK_ON_TERMS,
                        (question, origin) -> onTerms.ask(origin, question.body(), question.hungUp())),
                bus.answer(
                        QueryAddresses.ASK_PATIENTLY,
                        (question, origin) -> onTerms.askPatiently(origin, question.body(), question.run())));
    }
}
