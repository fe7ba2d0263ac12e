package dev.sextant.health;

import dev.sextant.bus.Address;

final class HealthAddresses {

    static final Address<CheckHealth, HealthReport> CHECK =
            new Address<>("health.check.v1", CheckHealth.class, HealthReport.class);

    private HealthAddresses() {}
}
