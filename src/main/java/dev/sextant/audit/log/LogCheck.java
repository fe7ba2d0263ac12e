package dev.sextant.audit.log;

import dev.sextant.audit.log.LogStore.Head;
import dev.sextant.audit.log.LogStore.State;
import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.audit.log.TreeNode.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a stretch of a log anew, record by record, and compares: what each record says with its leaf, each whole subtree with
 * the stored one, each signed head with the root at that size. Pure; not thread-safe. For worker threads: about 10 µs a record.
 */
final class LogCheck {

    private static final int FAILURES_MAX = 100;

    private final Peaks peaks;
    private final Map<Long, List<String>> sizeToSignedHeads = new HashMap<>();
    private final Map<String, WithdrawnKey> withdrawnKeys = new TreeMap<>();
    private final Function<String, Optional<ReadHead>> reader;
    private final List<LogFailure> failures = new ArrayList<>();
    private long reported = -1;

    /**
     * @param start the tree before the first record of the stretch
     * @param reader reads a signed head, where its signature is right
     */
    LogCheck(Peaks start, List<Head> heads, Function<String, Optional<ReadHead>> reader) {
        this.peaks = start;
        this.reader = reader;
        heads.forEach(head -> sizeToSignedHeads
                .computeIfAbsent(head.size(), _ -> new ArrayList<>())
                .add(head.signed()));
    }

    /** The next record to look at. */
    long next() {
        return peaks.size();
    }

    /**
     * Looks at the records of a page.
     *
     * @param leaves where the page begins, and where it ends
     * @param records those that are there, in order
     * @param nodes the stored subtrees that end within the page
     */
    void page(Span leaves, List<StoredRecord> records, Map<Place, Hash> nodes) {
        Map<Long, StoredRecord> indexToRecord = new HashMap<>();
        records.forEach(record -> indexToRecord.put(record.leafIndex(), record));
        for (long index = leaves.from(); index < leaves.to(); index++) {
            StoredRecord record = indexToRecord.get(index);
            if (record == null) {
                fail(index, "record", "The record is missing.");
                peaks.append(Hash.EMPTY, _ -> {});
            } else {
                look(record, nodes);
            }
            sizeToSignedHeads.getOrDefault(peaks.size(), List.of()).forEach(this::checkHead);
        }
    }

    private void look(StoredRecord stored, Map<Place, Hash> nodes) {
        if (!stored.isWhole()) {
            fail(stored.leafIndex(), "record", "The record is not what was put into the log.");
        }
        if (!stored.isPersonalPartWhole()) {
            fail(stored.leafIndex(), "personal", "The personal part is not what was put into the log.");
        }
        peaks.append(stored.leafHash(), node -> compare(node, nodes.get(node.place())));
    }

    /** A leaf that was changed changes all above it: that is told once. */
    private void compare(TreeNode made, @Nullable Hash stored) {
        boolean isTold = reported >= made.place().firstLeaf();
        if (!made.hash().equals(stored) && !isTold) {
            fail(
                    made.place().leafAfter() - 1,
                    "node",
                    "The hash of the %d records up to this one is %s."
                            .formatted(1L << made.place().level(), stored == null ? "missing" : "another"));
        }
    }

    private void checkHead(String signed) {
        Optional<ReadHead> read = reader.apply(signed);
        if (read.isEmpty()) {
            fail(peaks.size() - 1, "tree_head", "The signature of the head of this size is not right.");
            return;
        }
        Instant withdrawnAt = read.get().withdrawnAt();
        if (withdrawnAt != null) {
            String keyId = read.get().keyId();
            withdrawnKeys.put(keyId, new WithdrawnKey(keyId, withdrawnAt));
        }
        if (!isOf(read.get().head()) && reported < 0) {
            fail(
                    peaks.size() - 1,
                    "tree_head",
                    "The log up to this record is not the one whose head was signed: records were replaced with their hashes.");
        }
    }

    private boolean isOf(SignedHead head) {
        return head.treeSize() == peaks.size()
                && head.rootHash().equals(peaks.root().hex());
    }

    /** At the end of the log. */
    void end(State state) {
        if (!Arrays.equals(state.peaks(), peaks.bytes()) && reported < 0) {
            failures.add(new LogFailure(null, "state", "The log's own state is not that of its records."));
        }
    }

    private void fail(long leafIndex, String part, String detail) {
        reported = Math.max(reported, leafIndex);
        if (failures.size() < FAILURES_MAX) {
            failures.add(new LogFailure(leafIndex, part, detail));
        }
    }

    LogReport report(long fromIndex, long treeSize) {
        boolean isDone = peaks.size() >= treeSize;
        return new LogReport(
                failures.isEmpty(),
                treeSize,
                peaks.root().hex(),
                fromIndex,
                peaks.size(),
                isDone ? null : peaks.size(),
                List.copyOf(withdrawnKeys.values()),
                failures);
    }
}
