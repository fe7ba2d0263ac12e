package dev.sextant.http;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Trace;

/**
 * What came of a call, or of a while of an open socket.
 *
 * @param principal {@link Principal#NOBODY} where none was proven
 * @param resource what was read or changed: as the operation names it, else as the path does, without its base
 * @param address where the caller is
 * @param outcome how it ended
 * @param used what it took
 */
public record AuditEntry(
        Kind kind,
        Principal principal,
        String operationId,
        String resource,
        Trace trace,
        ClientAddress address,
        Outcome outcome,
        Used used) {

    public enum Kind {
        /** A call, with its answer; for a socket, its opening. */
        CALL,
        /** A while of an open socket: no call of its own. */
        SOCKET
    }

    /**
     * How a call ended.
     *
     * @param status of the response
     * @param code of the problem; {@code hung_up} where the caller was gone, {@code broken_off} where a stream failed; else
     *     empty
     */
    public record Outcome(int status, String code) {}

    /**
     * What a call took.
     *
     * @param bytesOut of the body, before any compression of the connection
     * @param elapsedNanos from the request to the end of its answer
     * @param socketMillis for how long a socket was open
     */
    public record Used(long costUnits, long events, long bytesOut, long elapsedNanos, long socketMillis) {}
}
