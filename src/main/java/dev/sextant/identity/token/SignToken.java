package dev.sextant.identity.token;

import dev.sextant.identity.grant.GrantedSignIn;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an access token of a sign-in.
 *
 * @param scope the scopes wanted, separated by spaces; null for all that there are
 */
record SignToken(GrantedSignIn signIn, @Nullable String scope) {}
