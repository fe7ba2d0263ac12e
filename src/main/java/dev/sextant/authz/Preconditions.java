package dev.sextant.authz;

import dev.sextant.http.EntityTag;
import dev.sextant.http.Params;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a change asks of what is there.
 *
 * @param ifMatch the version that the caller has seen; null where any will do
 * @param onlyNew whether there must be none yet
 */
record Preconditions(@Nullable String ifMatch, boolean onlyNew) {

    static Preconditions of(Params params) {
        return new Preconditions(
                params.find("If-Match", String.class).orElse(null),
                params.find("If-None-Match", String.class)
                        .filter(tag -> tag.strip().equals("*"))
                        .isPresent());
    }

    /** @param version of what is there; null where there is nothing */
    void require(@Nullable Integer version) {
        if (onlyNew && version != null) {
            throw refused("There is one of this name already.");
        }
        if (ifMatch == null) {
            return;
        }
        if (version == null) {
            throw refused("There is none of this name.");
        }
        if (!EntityTag.matches(ifMatch, version)) {
            throw refused("It is at version %d by now: read it again.".formatted(version));
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(new Problem.PreconditionFailed(detail));
    }
}
