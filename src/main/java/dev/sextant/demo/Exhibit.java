package dev.sextant.demo;

import dev.sextant.datasets.CreateDataset;
import dev.sextant.datasets.DatasetReport;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;

/** What one tenant of the demo shows: a dataset with a history, and what arrives live. */
sealed interface Exhibit permits EditsExhibit, ShopExhibit {

    String tenantName();

    CreateDataset dataset();

    /** The history that {@code present} lacks, in the order of its times. To be closed; costs CPU. */
    Stream<byte[]> missing(DatasetReport present);

    /** What goes on from there, now. Costs CPU. */
    LiveFeed feed(DatasetReport present, Instant now);

    /** A body of {@code POST /api/v2/datasets} among the resources. */
    static CreateDataset read(String name) {
        try (InputStream body = Exhibit.class.getResourceAsStream("/demo/" + name)) {
            if (body == null) {
                throw new IllegalStateException("The demo's dataset is not on the class path: " + name);
            }
            return Json.read(body.readAllBytes(), CreateDataset.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's dataset cannot be read", e);
        }
    }
}
