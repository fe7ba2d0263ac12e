package dev.sextant.query.stream;

import java.util.Optional;

/** A form that rows can be streamed in. */
public enum StreamFormat {
    NDJSON("application/x-ndjson"),
    CSV("text/csv; charset=utf-8; header=present"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    StreamFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The one of this media type, without parameters; empty where it is no stream. */
    public static Optional<StreamFormat> of(String mediaType) {
        return switch (mediaType) {
            case "application/x-ndjson" -> Optional.of(NDJSON);
            case "text/csv" -> Optional.of(CSV);
            case "application/vnd.apache.parquet" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }

    String contentType() {
        return contentType;
    }
}
