package dev.sextant.health;

import java.util.List;

/**
 * How the server is.
 *
 * @param status {@code ready}, or {@code not_ready} where it should get no requests
 * @param phase {@code starting}, {@code serving} or {@code draining}
 */
record HealthReport(String status, String phase, List<Check> checks) {

    /** One part: {@code up} or {@code down}. */
    record Check(String name, String status) {
        boolean isUp() {
            return status.equals("up");
        }
    }

    HealthReport {
        checks = List.copyOf(checks);
    }

    boolean isReady() {
        return status.equals("ready");
    }

    static HealthReport of(Readiness.Phase phase, List<Check> checks) {
        boolean ready = phase == Readiness.Phase.SERVING && checks.stream().allMatch(Check::isUp);
        return new HealthReport(ready ? "ready" : "not_ready", phase.name().toLowerCase(java.util.Locale.ROOT), checks);
    }
}
