package dev.sextant.identity.key;

import dev.sextant.kernel.Secret;

/**
 * Asks that the first key of the origin's tenant be there, with every scope that the tenant's keys may have, and open to
 * this text. Asking again changes nothing; another text replaces the one before.
 *
 * @param text as {@code IdentitySecrets} makes it
 */
public record EnsureKey(String name, Secret text) {}
