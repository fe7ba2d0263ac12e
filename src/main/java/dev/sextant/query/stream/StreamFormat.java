package dev.sextant.query.stream;

import java.util.Arrays;
import java.util.Optional;

/** A form that rows can be streamed in. */
public enum StreamFormat {
    NDJSON("application/x-ndjson", "application/x-ndjson"),
    CSV("text/csv", "text/csv; charset=utf-8; header=present"),
    PARQUET("application/vnd.apache.parquet", "application/vnd.apache.parquet");

    private final String mediaType;
    private final String contentType;

    StreamFormat(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    /** The one of this media type, without parameters; empty where it is no stream. */
    public static Optional<StreamFormat> of(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    String contentType() {
        return contentType;
    }
}
