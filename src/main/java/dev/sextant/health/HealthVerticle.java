package dev.sextant.health;

import dev.sextant.bus.Bus;
import dev.sextant.health.HealthReport.Check;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Asks all parts how they are, each time anew. */
final class HealthVerticle extends VerticleBase {

    private static final long PROBE_MILLIS_MAX = 1000;

    private final Bus bus;
    private final List<HealthCheck> checks;
    private final Readiness readiness;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

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
        List<Future<Check>> results = checks.stream().map(this::probe).toList();
        return Future.all(results).map(done -> HealthReport.of(readiness.phase(), done.list()));
    }

    private Future<Check> probe(HealthCheck check) {
        return check.probe()
                .get()
                .timeout(PROBE_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(_ -> new Check(check.name(), "up"))
                .onSuccess(_ -> seen.add(check.name()))
                .otherwise(_ -> new Check(check.name(), isNeeded(check) ? "down" : "degraded"));
    }

    private boolean isNeeded(HealthCheck check) {
        return switch (check.need()) {
            case OWN -> true;
            case SHARED -> !seen.contains(check.name());
            case USEFUL -> false;
        };
    }
}
