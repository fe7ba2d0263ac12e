package dev.sextant.analytics.olap;

import dev.sextant.bus.Address;

final class OlapAddresses {

    static final Address<AskMetrics, TaggedReport> METRICS =
            new Address<>("olap.metrics.v1", AskMetrics.class, TaggedReport.class);

    static final Address<AskValues, FieldValues> VALUES =
            new Address<>("olap.values.v1", AskValues.class, FieldValues.class);

    private OlapAddresses() {}
}
