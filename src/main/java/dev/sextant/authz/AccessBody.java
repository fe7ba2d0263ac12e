package dev.sextant.authz;

import dev.sextant.authz.CheckAccess.Check;
import dev.sextant.http.Call;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about access, as callers write it: one action on one resource, or several.
 *
 * @param principal whoever has some roles; null for the caller
 */
record AccessBody(
        @Nullable String action,
        @Nullable String resource,
        @Nullable List<Check> checks,
        @Nullable Subject principal) {

    /** A scope without which one may ask about oneself only. */
    static final String OF_OTHERS = "roles:read";

    record Subject(List<String> roles) {
        Subject {
            roles = List.copyOf(roles);
        }
    }

    /** @throws ProblemException where it is neither one check nor several, or the caller may not ask about others */
    List<Check> asked(Call call) {
        if (principal != null && !call.principal().scopes().contains(OF_OTHERS)) {
            throw new ProblemException(new Problem.InsufficientScope(
                    OF_OTHERS, "To ask about others than yourself takes the scope '%s'.".formatted(OF_OTHERS)));
        }
        if (checks != null && action == null && resource == null) {
            return List.copyOf(checks);
        }
        if (checks == null && action != null && resource != null) {
            return List.of(new Check(action, resource));
        }
        throw new ProblemException(Unprocessable.at(
                "", Reason.INVALID_QUERY, "Give an action and a resource, or a list of both in 'checks'."));
    }

    @Nullable
    List<String> roles() {
        return principal == null ? null : principal.roles();
    }
}
