package dev.sextant.usage;

import dev.sextant.bus.Address;

final class UsageAddresses {

    /** The caller's right to ask about that tenant is checked there. */
    static final Address<GetUsage, UsageReport> GET = new Address<>("usage.get.v1", GetUsage.class, UsageReport.class);

    private UsageAddresses() {}
}
