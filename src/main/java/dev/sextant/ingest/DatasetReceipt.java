package dev.sextant.ingest;

/**
 * What became of events, and where.
 *
 * @param dataset that they were for, also where the question named none
 */
public record DatasetReceipt(String dataset, IngestReceipt receipt) {}
