package dev.sextant.ingest;

/** An event that cannot be taken: it says where, and how to mend it. It never leaves this room. */
final class RejectedEvent extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String code;

    RejectedEvent(String pointer, String code, String detail) {
        super(detail, null, false, false);
        this.pointer = pointer;
        this.code = code;
    }

    IngestReceipt.EventError at(long index) {
        return new IngestReceipt.EventError(index, pointer, code, String.valueOf(getMessage()));
    }
}
