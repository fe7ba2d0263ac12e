package dev.sextant.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which Sextant refuses or fails a request, as the caller is told of it (RFC 9457).
 *
 * <p>{@code detail} is written for the person who called the API: it names the field, the limit and the remedy, and
 * holds no data value, no secret and no class name. A new kind of failure is a new record here and an {@code enum}
 * value in the contract; the compiler finds every switch that must learn of it.
 */
public sealed interface Problem {

    String detail();

    /** The bytes do not parse: no JSON, no UTF-8, no gzip, a broken header. */
    record Malformed(String detail) implements Problem {}

    /** It parses, but breaks the contract's schema; all that is wrong is told at once. */
    record InvalidRequest(List<Violation> errors, String detail) implements Problem {
        public InvalidRequest {
            errors = List.copyOf(errors);
        }
    }

    /** It keeps to the schema, and still cannot be meant. */
    record Unprocessable(Reason reason, List<Violation> errors, String detail) implements Problem {

        /** The problem's code, in lower case. */
        public enum Reason {
            UNKNOWN_FIELD,
            TYPE_MISMATCH,
            INVALID_QUERY,
            INVALID_SQL,
            INVALID_MODEL,
            INVALID_CURSOR,
            INVALID_TIMEFRAME,
            INCOMPATIBLE_CHANGE,
            REJECTED_EVENTS,
            COST_EXCEEDED,
            ABOVE_PLAN,
            IDEMPOTENCY_KEY_REUSED,
            INSUFFICIENT_CAPACITY,
            KEY_ENDED,
            NOT_SUPPORTED
        }

        public Unprocessable {
            errors = List.copyOf(errors);
        }

        /** One thing is wrong, at one place of the body. */
        public static Unprocessable at(String pointer, Reason reason, String detail) {
            String code = reason.name().toLowerCase(java.util.Locale.ROOT);
            return new Unprocessable(reason, List.of(Violation.at(pointer, code, detail)), detail);
        }
    }

    record Unauthenticated(String detail) implements Problem {}

    /** A credential that was good once. */
    record CredentialEnded(End end, String detail) implements Problem {

        /** The problem's code, in lower case. */
        public enum End {
            TOKEN_EXPIRED,
            TOKEN_REVOKED,
            KEY_EXPIRED,
            KEY_REVOKED,
            KEY_ROTATED
        }
    }

    /** What the OAuth protocol refuses in its own words. Source: RFC 6749, section 5.2. */
    record OauthRefused(ErrorCode error, List<Violation> errors, String detail) implements Problem {

        /** The problem's code, in lower case. */
        public enum ErrorCode {
            INVALID_REQUEST,
            INVALID_CLIENT,
            INVALID_GRANT,
            INVALID_SCOPE,
            UNAUTHORIZED_CLIENT,
            UNSUPPORTED_GRANT_TYPE,
            UNSUPPORTED_TOKEN_TYPE
        }

        public OauthRefused {
            errors = List.copyOf(errors);
        }

        /** No field of the form is to blame. */
        public OauthRefused(ErrorCode error, String detail) {
            this(error, List.of(), detail);
        }
    }

    /** The signature of the request is not as the caller's tenant wants it. */
    record SignatureRefused(Flaw flaw, String detail) implements Problem {

        /** The problem's code, in lower case. */
        public enum Flaw {
            SIGNATURE_REQUIRED,
            SIGNATURE_INVALID,
            SIGNATURE_EXPIRED,
            SIGNATURE_REPLAYED
        }
    }

    record InsufficientScope(String scope, String detail) implements Problem {}

    record TenantMismatch(String detail) implements Problem {}

    record TenantSuspended(String detail) implements Problem {}

    /** The credential is good, but not from where the caller is. */
    record AddressNotAllowed(String detail) implements Problem {}

    /** The caller has the scope, and a rule still says no. */
    record PolicyDenied(String detail) implements Problem {}

    record NotFound(String detail) implements Problem {}

    record MethodNotAllowed(List<String> allowed, String detail) implements Problem {}

    record NotAcceptable(List<String> offered, String detail) implements Problem {}

    /** A name that is taken already. */
    record AlreadyExists(String detail) implements Problem {}

    /** A request with the same key is being executed. */
    record IdempotencyInProgress(String detail) implements Problem {}

    /** Another change of the same kind is under way. */
    record ScaleInProgress(String detail) implements Problem {}

    /** The {@code If-Match} of the request names another version than the present one. */
    record PreconditionFailed(String detail) implements Problem {}

    /** The request does not come fast enough. */
    record RequestTimeout(String detail) implements Problem {}

    /** Whoever is at this address tries too much that fails. */
    record AbnormalUsage(int retryAfterSeconds, String detail) implements Problem {}

    record TooLarge(long bytesMax, String detail) implements Problem {}

    /** The request line is too long. */
    record UriTooLong(long bytesMax, String detail) implements Problem {}

    /** The request is of a version of HTTP that we do not speak. */
    record VersionNotSupported(String detail) implements Problem {}

    /** The headers are too large, one of them or all together. */
    record HeadersTooLarge(long bytesMax, String detail) implements Problem {}

    record UnsupportedMediaType(List<String> accepted, String detail) implements Problem {}

    /** The address speaks WebSocket only. */
    record UpgradeRequired(String detail) implements Problem {}

    /**
     * More is wanted than there may be.
     *
     * @param limit its name in the configuration, or among the tenant's limits
     * @param errors where that is wanted; none where no place of the request says so
     */
    record LimitExceeded(String limit, long allowed, List<Violation> errors, String detail) implements Problem {
        public LimitExceeded {
            errors = errors == null ? List.of() : List.copyOf(errors); // null in those that were kept before
        }

        /** No place of the request says so. */
        public LimitExceeded(String limit, long allowed, String detail) {
            this(limit, allowed, List.of(), detail);
        }
    }

    /**
     * The caller has used up what it may use, or has as much under way as it may.
     *
     * @param violatedPolicies by the names that {@code RateLimit-Policy} gives them; none where it gives none
     */
    record QuotaExceeded(int retryAfterSeconds, List<String> violatedPolicies, String detail) implements Problem {
        public QuotaExceeded {
            violatedPolicies = List.copyOf(violatedPolicies);
        }

        /** One that no policy tells of. */
        public QuotaExceeded(int retryAfterSeconds, String detail) {
            this(retryAfterSeconds, List.of(), detail);
        }
    }

    /** A bounded queue is full. */
    record Overloaded(int retryAfterSeconds, String detail) implements Problem {}

    /** A part that this request needs is away. */
    record Unavailable(String part, String detail) implements Problem {}

    /** Nobody can be identified: the store of credentials is away for too long. */
    record IdentityUnavailable(String detail) implements Problem {}

    /** What happens cannot be put on record, so nothing happens. */
    record AuditUnavailable(String detail) implements Problem {}

    record DeadlineExceeded(String detail) implements Problem {}

    /** Whoever asked for the work, or may end it, has ended it. */
    record Cancelled(String detail) implements Problem {}

    /** A fault of ours. The cause goes to the log under {@code incident}; the caller gets the id. */
    record Fault(String incident, String detail) implements Problem {

        /**
         * Tells the caller the id.
         *
         * @param what such as {@code The request failed}
         */
        public static Fault of(String incident, String what) {
            return new Fault(incident, "%s; quote incident %s.".formatted(what, incident));
        }
    }

    /**
     * One thing that is wrong with a request.
     *
     * @param pointer where in the body (RFC 6901), {@code ""} for all of it; null where a parameter is meant
     * @param parameter the name of the path, query or header parameter; null where the body is meant
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Violation(@Nullable String pointer, @Nullable String parameter, String code, String detail) {

        public static Violation at(String pointer, String code, String detail) {
            return new Violation(pointer, null, code, detail);
        }

        public static Violation of(String parameter, String code, String detail) {
            return new Violation(null, parameter, code, detail);
        }
    }
}
