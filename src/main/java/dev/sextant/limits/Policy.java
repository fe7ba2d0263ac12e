package dev.sextant.limits;

/**
 * A rule that all nodes keep together: no more than its quota in any stretch of its window's length, or at once.
 *
 * @param name as callers are told it; unique among those of a tenant, and among those of a key
 * @param quota 1 or more
 * @param windowMillis 0 for what is counted while it is there
 */
record Policy(String name, Unit unit, long quota, long windowMillis) {

    /** What is counted. */
    enum Unit {
        REQUESTS(""),
        COST_UNITS(";qu=\"units\""),
        AT_ONCE(";qu=\"concurrent-requests\"");

        private final String parameter;

        Unit(String parameter) {
            this.parameter = parameter;
        }
    }

    boolean isAtOnce() {
        return windowMillis == 0;
    }

    /** As an item of {@code RateLimit-Policy}. Source: draft-ietf-httpapi-ratelimit-headers-11, section 3. */
    String header() {
        String window = isAtOnce() ? "" : ";w=" + (windowMillis + 999) / 1000;
        return "\"" + name + "\";q=" + quota + window + unit.parameter;
    }
}
