package dev.sextant.identity;

import dev.sextant.identity.session.SessionConfig;

import dev.sextant.identity.provider.ProviderConfig;

import dev.sextant.identity.client.ClientConfig;
import dev.sextant.identity.grant.GrantConfig;

import dev.sextant.identity.user.UserConfig;

import dev.sextant.identity.key.KeyConfig;
import dev.sextant.identity.ticket.TicketConfig;
import dev.sextant.identity.token.TokenConfig;

/**
 * {@code identity:} in the configuration file.
 *
 * @param credentialsMax how many verified credentials a node remembers, at about 500 bytes each
 */
public record IdentityConfig(int credentialsMax, KeyConfig keys, UserConfig users, ClientConfig clients, GrantConfig signIns, ProviderConfig providers, SessionConfig sessions, TokenConfig tokens, TicketConfig tickets) {

    public static final IdentityConfig DEFAULT =
            new IdentityConfig(100_000, KeyConfig.DEFAULT, UserConfig.DEFAULT, ClientConfig.DEFAULT, GrantConfig.DEFAULT, ProviderConfig.DEFAULT, SessionConfig.DEFAULT, TokenConfig.DEFAULT, TicketConfig.DEFAULT);

    public IdentityConfig {
        if (credentialsMax < 1) {
            throw new IllegalArgumentException("identity: credentialsMax must be 1 or more");
        }
    }
}
