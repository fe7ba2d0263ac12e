package dev.sextant.kernel;

import java.util.Set;

/**
 * Who asks: proven by the authenticator, carried by every message, believed by everyone behind it.
 *
 * @param actor the key, user or worker, as the audit names it ({@code key_…}, {@code usr_…})
 * @param scopes what it may do, as {@code area:verb}
 * @param reach with which datasets
 */
public record Principal(TenantId tenant, String actor, Set<String> scopes, Reach reach, PolicyFingerprint policy) {

    /**
     * Stands for the row and column rules of the principal: equal fingerprints see equal data, so that they may share
     * cached answers.
     */
    public record PolicyFingerprint(String value) {
        public static final PolicyFingerprint SEES_ALL = new PolicyFingerprint("all");
    }

    /** Whoever calls an operation that asks for no credential. The tenant exists nowhere. */
    public static final Principal NOBODY =
            new Principal(new TenantId("ten_nobody"), "nobody", Set.of(), Reach.ALL, PolicyFingerprint.SEES_ALL);

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** The same caller, at work for another tenant. */
    public Principal at(TenantId other) {
        return new Principal(other, actor, scopes, reach, policy);
    }
}
