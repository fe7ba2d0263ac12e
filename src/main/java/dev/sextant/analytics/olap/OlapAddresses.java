package dev.sextant.analytics.olap;

import dev.sextant.bus.Address;

final class OlapAddresses {

    static final Address<RunMetrics, TaggedReport> METRICS =
            new Address<>("olap.metrics.v1", RunMetrics.class, TaggedReport.class);

    static final Address<RunValues, FieldValues> VALUES =
            new Address<>("olap.values.v1", RunValues.class, FieldValues.class);

    private OlapAddresses() {}
}
