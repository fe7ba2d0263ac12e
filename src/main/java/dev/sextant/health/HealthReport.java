package dev.sextant.health;

import java.util.List;

/**
 * How the server is.
 *
 * @param status {@code ready}, {@code degraded} where it should get requests and does some things worse, or {@code not_ready} where it should get no requests
 * @param phase {@code starting}, {@code serving} or {@code draining}
 */
record HealthReport(String status, String phase, List<Check> checks) {

    /** One part: {@code up}, {@code down}, or {@code degraded} where it is down and the server does without. */
    record Check(String name, String status) {
        boolean isDown() {
            return status.equals("down");
        }
    }

    HealthReport {
        checks = List.copyOf(checks);
    }

    boolean isReady() {
        return !status.equals("not_ready");
    }

    static HealthReport of(Readiness.Phase phase, List<Check> checks) {
        boolean ready = phase == Readiness.Phase.SERVING && checks.stream().noneMatch(Check::isDown);
        boolean whole = checks.stream().noneMatch(check -> check.status().equals("degraded"));
        return new HealthReport(
                ready ? whole ? "ready" : "degraded" : "not_ready",
                phase.name().toLowerCase(java.util.Locale.ROOT),
                checks);
    }
}
