package dev.sextant.health;

import dev.sextant.bus.Bus;
import dev.sextant.health.HealthReport.Check;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks all parts how they are, each time anew. */
final class HealthVerticle extends VerticleBase {

    private static final long PROBE_MILLIS_MAX = 1000;

    private final Bus bus;
    private final List<HealthCheck> checks;
    private final Readiness readiness;

    HealthVerticle(Bus bus, List<HealthCheck> checks, Readiness readiness) {
        this.bus = bus;
        this.checks = List.copyOf(checks);
        this.readiness = readiness;
    }

    @Override
    public Future<?> start() {
        return bus.answer(HealthAddresses.CHECK, (_, _) -> check());
    }

    private Future<HealthReport> check() {
        List<Future<Check>> results = checks.stream().map(HealthVerticle::probe).toList();
        return Future.all(results).map(done -> HealthReport.of(readiness.phase(), done.list()));
    }

    private static Future<Check> probe(HealthCheck check) {
        return check.probe()
                .get()
                .timeout(PROBE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(_ -> new Check(check.name(), "up"))
                .otherwise(_ -> new Check(check.name(), check.isNeeded() ? "down" : "degraded"));
    }
}
