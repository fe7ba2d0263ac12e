package dev.sextant.demo;

import dev.sextant.datasets.CreateDataset;
import dev.sextant.datasets.DatasetReport;
import dev.sextant.demo.shop.ShopGenerator;
import dev.sextant.demo.shop.ShopSize;
import dev.sextant.demo.shop.ShopStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * The generated shop. Its history ends when its dataset was made; from there on all is live. Since no two of its events
 * are of the same time, the latest one says how far it is.
 */
record ShopExhibit(DemoConfig.Shop config) implements Exhibit {

    private static final String SOURCE = "generated";

    @Override
    public String tenantName() {
        return "shop";
    }

    @Override
    public CreateDataset dataset() {
        return Exhibit.read("shop.json");
    }

    @Override
    public Stream<byte[]> missing(DatasetReport present) {
        Instant end = present.createdAt();
        Instant watermark = present.watermark();
        return watermark == null || watermark.isBefore(end)
                ? ShopFeed.events(stream(present), end, SOURCE)
                : Stream.empty();
    }

    /** Events that somebody dated ahead do not hold it up. */
    @Override
    public LiveFeed feed(DatasetReport present, Instant now) {
        Instant watermark = present.watermark();
        return new ShopFeed(
                watermark == null || watermark.isBefore(now)
                        ? stream(present)
                        : ShopStream.after(generator(), opening(present), now));
    }

    /** What follows upon that which is there. */
    private ShopStream stream(DatasetReport present) {
        Instant watermark = present.watermark();
        return watermark == null
                ? ShopStream.from(generator(), opening(present))
                : ShopStream.after(generator(), opening(present), watermark);
    }

    private ShopGenerator generator() {
        return new ShopGenerator(new ShopSize(config.seed(), config.sessionsPerDay()));
    }

    private LocalDate opening(DatasetReport present) {
        return LocalDate.ofInstant(present.createdAt(), ZoneOffset.UTC).minusDays(config.historyDays());
    }
}
