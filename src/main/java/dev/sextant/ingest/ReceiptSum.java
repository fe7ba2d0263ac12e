package dev.sextant.ingest;

import java.util.List;

/** The receipts of a stream's pieces, as they add up. Lives on one event loop. */
final class ReceiptSum {

    private final int errorsMax;
    private IngestReceipt sum;

    ReceiptSum(String batchId, int errorsMax) {
        this.errorsMax = errorsMax;
        this.sum = new IngestReceipt(batchId, 0, 0, 0, null, null, "PT0S", List.of(), 0);
    }

    void add(IngestReceipt receipt) {
        sum = sum.and(receipt, errorsMax);
    }

    IngestReceipt total() {
        return sum;
    }
}
