package dev.sextant.audit.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported log without the server that wrote it: each record against the hash of its leaf, the order, and the root
 * of all against the signed head, and so with the earlier heads. Reads line by line; memory does not grow with the log.
 */
public final class OfflineCheck {

    private static final int FAILURES_MAX = 100;

    /**
     * What was found.
     *
     * @param keyId of the key that signed the head; empty where the signature is not right, or the key not to be believed
     * @param unknownKeyId of the key that signed the head and is not among those to believe: whether anything was changed
     *     since one of theirs signed cannot be said; empty where there is none
     * @param withdrawnKeys those that signed heads in the file and are not to be trusted any more, by their ids
     * @param failures a sentence each, the first hundred
     */
    public record Report(
            String tenantId,
            long records,
            String rootHash,
            String keyId,
            String unknownKeyId,
            List<WithdrawnKey> withdrawnKeys,
            List<String> failures) {

        public Report {
            withdrawnKeys = List.copyOf(withdrawnKeys);
            failures = List.copyOf(failures);
        }

        public boolean isValid() {
            return failures.isEmpty() && unknownKeyId.isEmpty();
        }
    }

    private final OfflineHeads heads;
    private final Peaks peaks = Peaks.none();
    private final List<String> failures = new ArrayList<>();
    private long expected;
    private boolean hasEnded;

    private OfflineCheck(OfflineHeads heads) {
        this.heads = heads;
    }

    /**
     * Reads the whole file.
     *
     * @param trustedKeys the JWK set to believe; null to believe the one in the file, which proves only that the file is whole
     * @throws IOException where it cannot be read, or is no export of an audit log
     */
    public static Report check(BufferedReader file, @Nullable String trustedKeys) throws IOException {
        JsonNode log = begin(file.readLine());
        return new OfflineCheck(new OfflineHeads(log, trustedKeys)).run(log, file);
    }

    private static JsonNode begin(@Nullable String line) throws IOException {
        if (line == null) {
            throw new IOException("it is empty");
        }
        try {
            JsonNode log = parse(line);
            if (log.path("type").asText().equals("log")) {
                return log;
            }
        } catch (JsonProcessingException _) {
            // It is no export either.
        }
        throw new IOException("it is not an exported audit log: its first line is another");
    }

    private Report run(JsonNode log, BufferedReader file) throws IOException {
        heads.failures().forEach(this::fail);
        for (String line = file.readLine(); line != null; line = file.readLine()) {
            take(line);
        }
        if (!hasEnded) {
            fail("The file ends early: the last line is missing.");
        }
        Optional<ReadHead> head = heads.last();
        head.ifPresent(read -> {
            compare(read.head());
            compare(log, read.head());
        });
        return new Report(
                log.path("tenant_id").asText(),
                peaks.size(),
                peaks.root().hex(),
                heads.unknownKeyId().isEmpty() ? head.map(ReadHead::keyId).orElse("") : "",
                heads.unknownKeyId(),
                heads.withdrawnKeys(),
                failures);
    }

    private static JsonNode parse(String line) throws IOException {
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
        compareHeads();
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

    private void compareHeads() {
        heads.earlier(peaks.size()).forEach(this::compare);
    }

    private void compare(SignedHead head) {
        if (failures.isEmpty()
                && (head.treeSize() != peaks.size()
                        || !head.rootHash().equals(peaks.root().hex()))) {
            fail("The records are not those whose head was signed: some were replaced together with their hashes.");
        }
    }

    /** Whoever reads the first line believes what it says: all of it must be there, and be what was signed. */
    private void compare(JsonNode log, SignedHead head) {
        compare("tenant_id", log, head.tenantId());
        compare("tree_size", log, Long.toString(head.treeSize()));
        compare("root_hash", log, head.rootHash());
    }

    private void compare(String member, JsonNode log, String signed) {
        if (!log.path(member).asText().equals(signed)) {
            fail("The first line was changed: its %s is not the one that was signed (%s).".formatted(member, signed));
        }
    }

    private void fail(String sentence) {
        if (failures.size() < FAILURES_MAX) {
            failures.add(sentence);
        }
    }
}
