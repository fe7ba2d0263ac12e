package dev.sextant.identity.user;

import java.util.List;

/**
 * Asks for the user of the origin's tenant whom a provider vouches for; one that is not there yet is made.
 *
 * @param issuer and {@code subject} name them for good
 * @param mayAdopt whether a user of this address who was there before, and could not sign in, becomes theirs: where the
 *     provider's word on the address is good
 * @param roles what they have from now on; owners stay what they are
 */
public record ProvisionUser(
        String issuer, String subject, String email, String name, List<String> roles, boolean mayAdopt) {

    public ProvisionUser {
        roles = List.copyOf(roles);
    }
}
