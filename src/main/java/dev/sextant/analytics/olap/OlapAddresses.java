package dev.sextant.analytics.olap;

import dev.sextant.bus.Address;

final class OlapAddresses {

    static final Address<AskMetrics, MetricsReport> METRICS =
            new Address<>("olap.metrics.v1", AskMetrics.class, MetricsReport.class);

    private OlapAddresses() {}
}
