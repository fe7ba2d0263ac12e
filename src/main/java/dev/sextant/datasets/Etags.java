package dev.sextant.datasets;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;

/** The ETag of a dataset's declaration: its version, in quotes (RFC 9110, section 8.8.3). Pure. */
final class Etags {

    private Etags() {}

    static String of(DatasetReport report) {
        return "\"" + report.version() + "\"";
    }

    /** The version that an {@code If-Match} names. @throws ProblemException where it names none of ours */
    static int version(String ifMatch) {
        try {
            return Integer.parseInt(ifMatch.strip().replaceAll("^(W/)?\"|\"$", ""));
        } catch (NumberFormatException _) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "If-Match is no ETag of this dataset: send the one you were given."));
        }
    }
}
