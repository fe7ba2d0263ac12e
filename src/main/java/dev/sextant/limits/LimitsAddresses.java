package dev.sextant.limits;

import dev.sextant.bus.Address;

final class LimitsAddresses {

    static final Address<GetLimits, LimitsReport> GET =
            new Address<>("limits.get.v1", GetLimits.class, LimitsReport.class);
    static final Address<ReplaceLimits, LimitsReport> REPLACE =
            new Address<>("limits.replace.v1", ReplaceLimits.class, LimitsReport.class);

    private LimitsAddresses() {}
}
