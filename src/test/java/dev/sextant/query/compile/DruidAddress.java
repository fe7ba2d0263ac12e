package dev.sextant.query.compile;

import dev.sextant.TestStack;
import java.net.URI;

/** Where a Druid answers that has no data which anybody misses. */
record DruidAddress(URI broker, URI overlord) {

    static DruidAddress known() {
        return new DruidAddress(URI.create(TestStack.broker()), URI.create(TestStack.coordinator()));
    }

    URI sql() {
        return broker.resolve("/druid/v2/sql");
    }

    URI task() {
        return overlord.resolve("/druid/indexer/v1/task");
    }
}
