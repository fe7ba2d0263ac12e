package dev.sextant.authz;

/**
 * {@code authz:} in the configuration file.
 *
 * @param rolesMax how many a tenant may have beside the built-in ones
 * @param policiesMax how many a tenant may have
 */
public record AuthzConfig(int rolesMax, int policiesMax) {

    public static final AuthzConfig DEFAULT = new AuthzConfig(100, 200);

    public AuthzConfig {
        if (rolesMax < 1 || rolesMax > 1000 || policiesMax < 1 || policiesMax > 1000) {
            throw new IllegalArgumentException("authz: roles_max and policies_max must be 1 to 1000");
        }
    }
}
