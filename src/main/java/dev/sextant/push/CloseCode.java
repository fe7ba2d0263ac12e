package dev.sextant.push;

import dev.sextant.kernel.Problem;

/** Why a socket is closed. Source of those below 4000: RFC 6455, section 7.4.1, and IANA's registry. */
enum CloseCode {
    GONE(1001),
    FAULT(1011),
    RESTART(1012),
    TRY_LATER(1013),
    BAD_FRAME(4400),
    UNAUTHENTICATED(4401),
    FORBIDDEN(4403),
    AUTH_TIMEOUT(4408),
    SLOW(4413),
    LIMIT(4429);

    private final short number;

    CloseCode(int number) {
        this.number = (short) number;
    }

    short number() {
        return number;
    }

    /** How a socket ends whose caller is refused. */
    static CloseCode of(Problem refusal) {
        return switch (refusal) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ -> UNAUTHENTICATED;
            case Problem.TenantMismatch _,
                    Problem.TenantSuspended _,
                    Problem.InsufficientScope _,
                    Problem.AddressNotAllowed _,
                    Problem.PolicyDenied _,
                    Problem.NotFound _ -> FORBIDDEN;
            case Problem.LimitExceeded _ -> LIMIT;
            case Problem.IdentityUnavailable _,
                    Problem.Unavailable _,
                    Problem.Overloaded _,
                    Problem.DeadlineExceeded _ -> TRY_LATER;
            default -> FAULT;
        };
    }
}
