package dev.sextant.kernel;

import java.util.Set;

/**
 * Who asks: proven by the authenticator, carried by every message, believed by everyone behind it.
 *
 * @param actor the key, user or worker, as the audit names it ({@code key_…}, {@code usr_…})
 * @param scopes what it may do, as {@code area:verb}
 * @param reach with which datasets
 * @param policy with which data of these
 * @param credential what it was proven by, and ends with: the key, or the user's sign-in ({@code sgn_…})
 */
public record Principal(
        TenantId tenant, String actor, Set<String> scopes, Reach reach, Policy policy, String credential) {

    /**
     * Stands for a {@link Policy}: equal fingerprints see equal data, so that they may share cached answers.
     */
    public record PolicyFingerprint(String value) {
        public static final PolicyFingerprint SEES_ALL = new PolicyFingerprint("all");
    }

    /** Whoever calls an operation that asks for no credential. The tenant exists nowhere. */
    public static final Principal NOBODY =
            new Principal(new TenantId("ten_nobody"), "nobody", Set.of(), Reach.ALL, Policy.SEES_ALL);

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** An actor that is its own credential: a key, or a worker. */
    public Principal(TenantId tenant, String actor, Set<String> scopes, Reach reach, Policy policy) {
        this(tenant, actor, scopes, reach, policy, actor);
    }

    /** Somebody of whom no more is known, or needs to be; may do nothing. */
    public static Principal named(TenantId tenant, String actor) {
        return new Principal(tenant, actor, Set.of(), Reach.ALL, Policy.SEES_ALL);
    }

    /** The same caller, at work for another tenant. */
    public Principal at(TenantId other) {
        return new Principal(other, actor, scopes, reach, policy, credential);
    }
}
