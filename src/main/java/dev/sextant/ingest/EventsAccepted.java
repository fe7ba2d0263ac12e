package dev.sextant.ingest;

/** Events are on disk, or gone from it; the dataset is at {@code dataVersion} or later. The tenant is the origin's. */
public record EventsAccepted(String dataset, long dataVersion) {}
