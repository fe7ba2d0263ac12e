package dev.sextant.rollups.advice;

import dev.sextant.bus.Address;

/** What may be asked here. */
final class AdviceAddresses {

    static final Address<AdviseRollups, RollupAdvice> ADVISE =
            new Address<>("rollups.advise.v1", AdviseRollups.class, RollupAdvice.class);

    private AdviceAddresses() {}
}
