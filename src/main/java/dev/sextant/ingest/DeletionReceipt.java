package dev.sextant.ingest;

/** How many events are gone, and the dataset's version since. */
record DeletionReceipt(long deleted, String dataVersion) {}
