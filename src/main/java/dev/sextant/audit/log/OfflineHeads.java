package dev.sextant.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.identity.token.Statements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signed heads in the first line of an exported log. When keys ended is known from the file; trusted ones are believed all
 * the same, and of earlier heads only those are looked at that they signed.
 */
final class OfflineHeads {

    private final String keys;
    private final @Nullable String trustedKeys;
    private final Map<Long, List<SignedHead>> sizeToEarlier = new HashMap<>();
    private final Map<String, WithdrawnKey> withdrawnKeys = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Optional<ReadHead> last;
    private final String unknownKeyId;

    /** @param trustedKeys a JWK set; null to believe the keys in the file */
    OfflineHeads(JsonNode log, @Nullable String trustedKeys) {
        this.keys = log.path("keys").toString();
        this.trustedKeys = trustedKeys;
        String signed = log.path("signed").asText();
        Optional<ReadHead> believed = read(signed);
        String keyId = Statements.keyId(signed);
        boolean isUnknown = believed.isEmpty() && trustedKeys != null && !Statements.hasKey(trustedKeys, keyId);
        this.unknownKeyId = isUnknown ? keyId : "";
        this.last = isUnknown ? TreeHeads.read(signed, keys) : believed;
        if (last.isEmpty()) {
            failures.add("The signature of the head is not right.");
        }
        log.path("earlier_heads").forEach(earlier -> takeEarlier(earlier.asText()));
    }

    private void takeEarlier(String signed) {
        Optional<ReadHead> read = read(signed);
        read.ifPresent(earlier -> sizeToEarlier
                .computeIfAbsent(earlier.head().treeSize(), _ -> new ArrayList<>())
                .add(earlier.head()));
        if (read.isEmpty() && trustedKeys == null) {
            failures.add("The signature of an earlier head is not right.");
        }
    }

    private Optional<ReadHead> read(String signed) {
        Optional<ReadHead> asTheFileSays = TreeHeads.read(signed, keys);
        Optional<ReadHead> read = trustedKeys == null
                ? asTheFileSays
                : TreeHeads.read(signed, trustedKeys).map(trusted -> asTheFileSays.orElse(trusted));
        read.ifPresent(this::note);
        return read;
    }

    private void note(ReadHead read) {
        Instant withdrawnAt = read.withdrawnAt();
        if (withdrawnAt != null) {
            withdrawnKeys.put(read.keyId(), new WithdrawnKey(read.keyId(), withdrawnAt));
        }
    }

    /** That of all records, by the keys in the file where the trusted ones are others; empty where its signature is not right. */
    Optional<ReadHead> last() {
        return last;
    }

    /** Of the key that signed it and is none of the trusted ones; empty where it is one. */
    String unknownKeyId() {
        return unknownKeyId;
    }

    /** Those of that size. */
    List<SignedHead> earlier(long size) {
        return sizeToEarlier.getOrDefault(size, List.of());
    }

    List<WithdrawnKey> withdrawnKeys() {
        return List.copyOf(withdrawnKeys.values());
    }

    /** What is wrong with signatures, a sentence each. */
    List<String> failures() {
        return failures;
    }
}
