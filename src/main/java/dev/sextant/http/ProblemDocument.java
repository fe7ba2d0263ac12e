package dev.sextant.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.OauthRefused;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.Trace;
import java.util.List;
import java.util.Locale;

/**
 * A problem as callers see it (RFC 9457), the same in a response and in a frame. Nothing else knows the statuses.
 *
 * @param error and {@code errorDescription}: the same in OAuth's words, where it is OAuth that refuses
 * @param instance the path that was asked
 * @param errors absent where there are none
 * @param violatedPolicies the same
 * @param retryable whether the same request may be answered otherwise in a while, though nobody changes anything
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String error,
        String errorDescription,
        String instance,
        String requestId,
        String traceId,
        List<Violation> errors,
        @JsonProperty("violated-policies") List<String> violatedPolicies,
        boolean retryable) {

    private record Look(int status, String code, String title) {}

    public static ProblemDocument of(Problem problem, String instance, Trace trace) {
        Look look = look(problem);
        return new ProblemDocument(
                type(look.code()),
                look.title(),
                look.status(),
                look.code(),
                problem.detail(),
                problem instanceof OauthRefused refused ? code(refused.error()) : "",
                problem instanceof OauthRefused ? problem.detail() : "",
                instance,
                trace.requestId(),
                trace.traceId(),
                errors(problem),
                problem instanceof Problem.QuotaExceeded quota ? quota.violatedPolicies() : List.of(),
                passes(look.status()) || passes(problem));
    }

    private static boolean passes(int status) {
        return status == 429 || status == 503 || status == 504;
    }

    /** Whether it is over by itself soon, so that the same request may be answered otherwise then. */
    private static boolean passes(Problem problem) {
        return switch (problem) {
            case Problem.IdempotencyInProgress _, Problem.ScaleInProgress _, Problem.RequestTimeout _ -> true;
            default -> false;
        };
    }

    /** The types of the RateLimit draft have addresses of their own. */
    private static String type(String code) {
        String dashed = code.replace('_', '-');
        return code.equals("temporary_reduced_capacity") || code.equals("quota_exceeded")
                ? "https://iana.org/assignments/http-problem-types#" + dashed
                : "urn:sextant:problem:" + dashed;
    }

    private static List<Violation> errors(Problem problem) {
        return switch (problem) {
            case Problem.InvalidRequest invalid -> invalid.errors();
            case Problem.Unprocessable refused -> refused.errors();
            case Problem.LimitExceeded exceeded -> exceeded.errors();
            case OauthRefused refused -> refused.errors();
            default -> List.of();
        };
    }

    /** One row for each kind of problem; the compiler misses none. */
    private static Look look(Problem problem) {
        return switch (problem) {
            case Problem.Malformed _ -> new Look(400, "malformed", "Request does not parse");
            case Problem.Unauthenticated _ -> new Look(401, "unauthenticated", "Credential missing or not valid");
            case Problem.CredentialEnded ended -> new Look(401, code(ended.end()), "Credential no longer valid");
            case Problem.OauthRefused refused ->
                new Look(
                        refused.error() == OauthRefused.ErrorCode.INVALID_CLIENT ? 401 : 400,
                        code(refused.error()),
                        "OAuth refuses");
            case Problem.SignatureRefused refused -> new Look(401, code(refused.flaw()), "Signature not accepted");
            case Problem.InsufficientScope _ -> new Look(403, "insufficient_scope", "Scope missing");
            case Problem.TenantMismatch _ -> new Look(403, "tenant_mismatch", "Another tenant's");
            case Problem.TenantSuspended _ -> new Look(403, "tenant_suspended", "Tenant suspended");
            case Problem.AddressNotAllowed _ -> new Look(403, "address_not_allowed", "Not from this address");
            case Problem.PolicyDenied _ -> new Look(403, "policy_denied", "Not permitted");
            case Problem.NotFound _ -> new Look(404, "not_found", "No such resource");
            case Problem.MethodNotAllowed _ -> new Look(405, "method_not_allowed", "Method not allowed");
            case Problem.NotAcceptable _ -> new Look(406, "not_acceptable", "No acceptable media type");
            case Problem.RequestTimeout _ -> new Look(408, "request_timeout", "Request too slow");
            case Problem.AbnormalUsage _ -> new Look(429, "abnormal_usage_detected", "Too much that fails");
            case Problem.AlreadyExists _ -> new Look(409, "already_exists", "Name taken");
            case Problem.IdempotencyInProgress _ -> new Look(409, "idempotency_in_progress", "Still under way");
            case Problem.ScaleInProgress _ -> new Look(409, "scale_in_progress", "Still under way");
            case Problem.Cancelled _ -> new Look(409, "cancelled", "Cancelled");
            case Problem.PreconditionFailed _ -> new Look(412, "precondition_failed", "Changed meanwhile");
            case Problem.TooLarge _ -> new Look(413, "too_large", "Body too large");
            case Problem.UriTooLong _ -> new Look(414, "uri_too_long", "Request line too long");
            case Problem.VersionNotSupported _ -> new Look(505, "version_not_supported", "HTTP version not supported");
            case Problem.HeadersTooLarge _ -> new Look(431, "headers_too_large", "Headers too large");
            case Problem.UnsupportedMediaType _ -> new Look(415, "unsupported_media_type", "Unsupported media type");
            case Problem.InvalidRequest _ -> new Look(422, "invalid_request", "Request is not valid");
            case Problem.Unprocessable refused -> new Look(422, code(refused.reason()), "Request cannot be meant");
            case Problem.UpgradeRequired _ -> new Look(426, "upgrade_required", "WebSocket only");
            case Problem.LimitExceeded _ -> new Look(422, "limit_exceeded", "Limit exceeded");
            case Problem.QuotaExceeded _ -> new Look(429, "quota_exceeded", "Limit used up");
            case Problem.Fault _ -> new Look(500, "fault", "Internal fault");
            case Problem.Overloaded _ -> new Look(503, "temporary_reduced_capacity", "Busy");
            case Problem.Unavailable _ -> new Look(503, "unavailable", "Temporarily unavailable");
            case Problem.IdentityUnavailable _ -> new Look(503, "identity_unavailable", "Temporarily unavailable");
            case Problem.AuditUnavailable _ -> new Look(503, "audit_unavailable", "Temporarily unavailable");
            case Problem.DeadlineExceeded _ -> new Look(504, "deadline_exceeded", "Too slow");
        };
    }

    private static String code(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
