package dev.sextant.identity.user;

import java.time.Duration;

/**
 * {@code identity.users:} in the configuration file.
 *
 * @param usersMax how many users a tenant may have
 * @param invitationsMax how many invitations of a tenant may be open at once
 * @param invitationLifetime from when it is made until it is accepted; 1 minute to 30 days
 * @param hashers threads that hash passwords
 * @param hashesWaitingMax how many passwords may wait for them before the next is turned away
 * @param hashKib memory that one hash takes, in KiB; 8,192 to 1,048,576
 * @param hashPasses how often it goes over that memory; 1 to 20
 */
public record UserConfig(
        int usersMax,
        int invitationsMax,
        Duration invitationLifetime,
        int hashers,
        int hashesWaitingMax,
        int hashKib,
        int hashPasses) {

    /** The hash is as OWASP's Password Storage Cheat Sheet has it for Argon2id: 19 MiB, two passes, one lane. */
    public static final UserConfig DEFAULT = new UserConfig(10_000, 1_000, Duration.ofDays(7), 2, 64, 19_456, 2);

    public UserConfig {
        if (usersMax < 1 || invitationsMax < 1 || hashers < 1 || hashesWaitingMax < 1) {
            throw new IllegalArgumentException("identity.users: all limits must be 1 or more");
        }
        if (invitationLifetime.toSeconds() < 60 || invitationLifetime.toDays() > 30) {
            throw new IllegalArgumentException("identity.users: invitation_lifetime must be 1 minute to 30 days");
        }
        if (hashKib < 8_192 || hashKib > 1_048_576 || hashPasses < 1 || hashPasses > 20) {
            throw new IllegalArgumentException(
                    "identity.users: hash_kib must be 8192 to 1048576, hash_passes 1 to 20");
        }
    }
}
