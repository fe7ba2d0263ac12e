package dev.sextant.edge.defence;

import java.time.Duration;

/**
 * {@code edge.http2:} what one connection of HTTP/2 may do.
 *
 * @param streamsMax requests under way at once
 * @param resetsMax streams that may be reset, by either side, within {@code resetsWindow}; with more, the connection ends
 *     (CVE-2023-44487, CVE-2025-8671)
 */
public record Http2Config(int streamsMax, int resetsMax, Duration resetsWindow) {

    public static final Http2Config DEFAULT = new Http2Config(100, 200, Duration.ofSeconds(30));

    public Http2Config {
        require(streamsMax >= 1, "streams_max must be 1 or more");
        require(resetsMax >= 1, "resets_max must be 1 or more");
        require(resetsWindow.toSeconds() >= 1, "resets_window must be 1s or more");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("edge.http2: " + rule);
        }
    }
}
