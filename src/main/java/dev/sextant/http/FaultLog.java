package dev.sextant.http;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads in the log from what an answer is called to its fault: one line for each fault that a caller is told of. The cause
 * stands in another line, under the same incident, by whoever met it: they need not know which request it was. Any thread.
 */
public final class FaultLog {

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private FaultLog() {}

    /** To be called with each problem that is told; all but faults are the callers' own. */
    public static void told(Problem problem, Trace trace) {
        if (problem instanceof Problem.Fault fault) {
            LOG.error(
                    "Request[{}] is told of a fault, trace[{}], incident[{}]",
                    trace.requestId(),
                    trace.traceId(),
                    fault.incident());
        }
    }
}
