package dev.sextant.query.cache;

/** Where an answer came from. Named on the wire in lower case. */
public enum CacheStatus {
    /** It was here, whole or in pieces. */
    HIT,
    /** Some of its pieces were here, and the engine was asked for the others. */
    PARTIAL,
    /** The engine was asked for all of it. */
    MISS,
    /** The engine is away: it is the last answer that there was. */
    STALE;

    /** The header {@code Cache-Status}. Source: RFC 9211. */
    public String header() {
        return switch (this) {
            case HIT -> "sextant; hit";
            case PARTIAL, MISS -> "sextant; fwd=miss";
            case STALE -> "sextant; hit; detail=stale";
        };
    }
}
