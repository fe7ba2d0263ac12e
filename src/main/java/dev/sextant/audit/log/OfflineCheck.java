package dev.sextant.audit.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported log without the server that wrote it: each record against the hash of its leaf, the order, and the root
 * of all against the signed head. Reads line by line; memory does not grow with the log.
 */
public final class OfflineCheck {

    private static final int FAILURES_MAX = 100;

    /**
     * What was found.
     *
     * @param keyId of the key that signed the head; empty where the signature is not right
     * @param failures a sentence each, the first hundred
     */
    public record Report(String tenantId, long records, String rootHash, String keyId, List<String> failures) {

        public Report {
            failures = List.copyOf(failures);
        }

        public boolean isValid() {
            return failures.isEmpty();
        }
    }

    private final @Nullable String trustedKeys;
    private final Peaks peaks = Peaks.none();
    private final List<String> failures = new ArrayList<>();
    private long expected;
    private boolean hasEnded;

    private OfflineCheck(@Nullable String trustedKeys) {
        this.trustedKeys = trustedKeys;
    }

    /**
     * Reads the whole file.
     *
     * @param trustedKeys the JWK set to believe; null to believe the one in the file, which proves only that the file is whole
     * @throws IOException where it cannot be read, or is no export of an audit log
     */
    public static Report check(BufferedReader file, @Nullable String trustedKeys) throws IOException {
        return new OfflineCheck(trustedKeys).run(file);
    }

    private Report run(BufferedReader file) throws IOException {
        JsonNode log = parse(file.readLine());
        if (!log.path("type").asText().equals("log")) {
            throw new IOException("the first line is not that of an exported audit log");
        }
        for (String line = file.readLine(); line != null; line = file.readLine()) {
            take(line);
        }
        if (!hasEnded) {
            fail("The file ends early: the last line is missing.");
        }
        Optional<SignedHead> head = head(log);
        head.ifPresent(this::compare);
        return new Report(
                log.path("tenant_id").asText(),
                peaks.size(),
                peaks.root().hex(),
                head.map(_ -> keyId(log)).orElse(""),
                failures);
    }

    private static JsonNode parse(@Nullable String line) throws IOException {
        if (line == null) {
            throw new IOException("the file is empty");
        }
        return Json.tree(line.getBytes(StandardCharsets.UTF_8));
    }

    private void take(String line) {
        JsonNode tree;
        try {
            tree = parse(line);
        } catch (IOException _) {
            fail("The line of record %d is not JSON.".formatted(expected));
            return;
        }
        switch (tree.path("type").asText()) {
            case "record" -> record(tree);
            case "end" -> end(tree);
            default -> fail("The line of record %d is of no known type.".formatted(expected));
        }
    }

    private void record(JsonNode line) {
        long index = line.path("leaf_index").asLong(-1);
        if (index != expected) {
            fail("Record %d stands where record %d should be.".formatted(index, expected));
        }
        expected = index + 1;
        JsonNode entry = line.path("entry");
        Hash leaf = Hash.leaf(canonical(entry).getBytes(StandardCharsets.UTF_8));
        if (!leaf.hex().equals(line.path("leaf_hash").asText())) {
            fail("Record %d was changed: its leaf has another hash.".formatted(index));
        }
        if (!isPersonalPartWhole(line.path("personal"), entry)) {
            fail("Record %d was changed: its personal part has another hash.".formatted(index));
        }
        peaks.append(leaf, _ -> {});
    }

    private static boolean isPersonalPartWhole(JsonNode personal, JsonNode entry) {
        if (personal.isNull()) {
            return true; // erased
        }
        try {
            byte[] salt = HexFormat.of().parseHex(personal.path("salt").asText());
            return Leaf.personal(salt, personal.path("address").asText())
                    .hex()
                    .equals(entry.path("personal_hash").asText());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Members in the order of their names, whatever their order was. */
    private static String canonical(JsonNode entry) {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        entry.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        CanonicalJson json = new CanonicalJson();
        members.forEach((name, value) -> {
            if (value.isIntegralNumber()) {
                json.number(name, value.longValue());
            } else {
                json.text(name, value.asText());
            }
        });
        return json.end();
    }

    private void end(JsonNode line) {
        hasEnded = true;
        if (line.path("records").asLong() != peaks.size()) {
            fail("The file has %d records, and should have %d."
                    .formatted(peaks.size(), line.path("records").asLong()));
        }
    }

    private Optional<SignedHead> head(JsonNode log) {
        String keys = trustedKeys == null ? log.path("keys").toString() : trustedKeys;
        Optional<SignedHead> head = TreeHeads.read(log.path("signed").asText(), keys);
        if (head.isEmpty()) {
            fail("The signature of the head is not right.");
        }
        return head;
    }

    private void compare(SignedHead head) {
        if (failures.isEmpty()
                && (head.treeSize() != peaks.size()
                        || !head.rootHash().equals(peaks.root().hex()))) {
            fail("The records are not those whose head was signed: some were replaced together with their hashes.");
        }
    }

    private static String keyId(JsonNode log) {
        try {
            String header = log.path("signed").asText().split("\\.", 2)[0];
            return Json.tree(Base64.getUrlDecoder().decode(header)).path("kid").asText();
        } catch (IOException | IllegalArgumentException _) {
            return "";
        }
    }

    private void fail(String sentence) {
        if (failures.size() < FAILURES_MAX) {
            failures.add(sentence);
        }
    }
}
