package dev.sextant.identity.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a key of the tenant.
 *
 * @param changes what is to be otherwise, with the members of {@code CreateKey}; one that is null means no limit, one that
 *     is absent stays as it is
 * @param ifMatch see {@code EntityTag}; null where it was not sent
 * @param client the address of whoever asks
 */
record UpdateKey(String id, JsonNode changes, @Nullable String ifMatch, String client) {

    private record Change(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable List<String> datasets,
            @Nullable List<String> addressRanges,
            @Nullable Instant expiresAt,
            @Nullable List<String> roles) {}

    /** Those that the key shall have from now on; none where they stay as they are, too. */
    List<String> roles() {
        List<String> wanted = Json.read(changes, Change.class).roles();
        return wanted == null ? List.of() : wanted;
    }

    private List<String> roles(Change change, ApiKey present) {
        List<String> wanted = change.roles() == null ? List.of() : change.roles();
        return changes.has("roles") ? wanted : present.roles();
    }

    ClientAddress address() {
        return ClientAddress.parse(client).orElse(ClientAddress.UNKNOWN);
    }

    /** The key as it shall be. */
    CreateKey of(ApiKey present) {
        Change change = Json.read(changes, Change.class);
        return new CreateKey(
                        change.name() == null ? present.name() : change.name(),
                        change.scopes() == null ? present.scopes() : change.scopes(),
                        changes.has("datasets") ? change.datasets() : present.datasets(),
                        changes.has("address_ranges") ? change.addressRanges() : present.addressRanges(),
                        changes.has("expires_at") ? change.expiresAt() : present.expiresAt(),
                        roles(change, present))
                .checked();
    }
}
