package dev.sextant.audit.log;

import dev.sextant.kernel.TenantId;

/**
 * One record of the audit, before it has its place in the log.
 *
 * @param atMillis since 1970, when the answer was ready
 * @param kind {@link #CALL}, {@link #SOCKET} or {@link #COUNTED}
 * @param actor the key or user, as {@code Principal} has it; {@code nobody} where none was proven
 * @param call which request it was
 * @param status of the response; 0 where nobody knows: the change was made, and its node died
 * @param code of the problem, or how else the call ended; empty where all went well
 * @param used what it took
 * @param source where the record comes from
 * @param address where the caller is: personal, and so erasable; empty where it was erased, or nobody knows
 */
public record AuditRecord(
        TenantId tenant,
        long atMillis,
        String kind,
        String actor,
        Request call,
        int status,
        String code,
        Consumption used,
        Source source,
        String address) {

    /** One call of an operation. */
    public static final String CALL = "call";

    /** A while of an open socket. */
    public static final String SOCKET = "socket";

    /** Calls of nobody, of one address, operation and outcome within a minute. */
    public static final String COUNTED = "counted";

    /** In place of a journal: the record comes from the transaction of a change. */
    public static final String CHANGE = "change";

    /**
     * Which request.
     *
     * @param resource what was read or changed; empty where nothing was named
     * @param requestId {@code req_…}; empty for many at once
     */
    public record Request(String operation, String resource, String requestId, String traceId) {}

    /**
     * What was used.
     *
     * @param requests 1 for a call, 0 for a while of a socket, any number where calls are counted
     * @param bytesOut of bodies, uncompressed
     */
    public record Consumption(
            long requests, long costUnits, long events, long bytesOut, long elapsedMicros, long socketMillis) {}

    /**
     * Which journal held the record, and as which number of it.
     *
     * @param journal or {@link #CHANGE}, with no number
     */
    public record Source(String journal, long sequence) {}
}
