package dev.sextant.demo;

import dev.sextant.datasets.CreateDataset;
import dev.sextant.datasets.DatasetReport;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/** Edits of Wikipedia. The originals are loaded before anything else is, so that the rows say how many are there. */
record EditsExhibit(DemoConfig config) implements Exhibit {

    @Override
    public String tenantName() {
        return "wikimedia";
    }

    @Override
    public CreateDataset dataset() {
        return Exhibit.read("edits.json");
    }

    @Override
    public Stream<byte[]> missing(DatasetReport present) {
        long rows = Objects.requireNonNull(present.rows(), "The demo's own key sees all events");
        return rows < WikipediaEdits.COUNT ? WikipediaEdits.originals(rows) : Stream.empty();
    }

    @Override
    public LiveFeed feed(DatasetReport present, Instant now) {
        return new EditFeed(config.editsPerSecond(), now);
    }
}
