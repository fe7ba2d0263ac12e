package dev.sextant.identity.provider;

import java.util.List;

/**
 * Whom a provider vouches for.
 *
 * @param issuer and {@code subject} name them for good
 * @param roles what they are here; one at least
 * @param mayAdopt whether the provider's word on the address is good for a user who was here before
 */
public record Vouched(
        String issuer, String subject, String email, String name, List<String> roles, boolean mayAdopt) {

    public Vouched {
        roles = List.copyOf(roles);
    }
}
