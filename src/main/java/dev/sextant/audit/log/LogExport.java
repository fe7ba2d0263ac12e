package dev.sextant.audit.log;

import dev.sextant.audit.log.Subtrees.Span;
import dev.sextant.http.ByteSource;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A log as lines of JSON, a page at a time: the head, earlier heads, and the keys that ever signed one, each record with the hash of its leaf, and a
 * last line that says how many there were.
 */
final class LogExport implements ByteSource {

    private static final int PAGE = 500;

    private final TenantDb db;
    private final TenantId tenant;
    private final SignedHead head;
    private final List<LogStore.Head> earlier;
    private final String keys;
    private long next;
    private boolean isBegun;
    private boolean isOver;

    /**
     * @param earlier heads that were signed before, in any order
     * @param keys that heads are checked with, a JWK set
     */
    LogExport(TenantDb db, SignedHead head, List<LogStore.Head> earlier, String keys) {
        this.db = db;
        this.tenant = new TenantId(head.tenantId());
        this.head = head;
        this.earlier = earlier;
        this.keys = keys;
    }

    @Override
    public Future<Optional<Buffer>> next() {
        if (!isBegun) {
            isBegun = true;
            return piece(begin());
        }
        if (isOver) {
            return Future.succeededFuture(Optional.empty());
        }
        if (next >= head.treeSize()) {
            isOver = true;
            return piece("{\"type\":\"end\",\"records\":%d}\n".formatted(head.treeSize()));
        }
        Span page = new Span(next, Math.min(next + PAGE, head.treeSize()));
        return db.inTransaction(tenant, connection -> LogStore.records(connection, tenant, page, PAGE))
                .map(records -> {
                    next = page.to();
                    return Optional.of(lines(records));
                });
    }

    private static Future<Optional<Buffer>> piece(String text) {
        return Future.succeededFuture(Optional.of(Buffer.buffer(text)));
    }

    private String begin() {
        String heads = earlier.stream().map(one -> "\"" + one.signed() + "\"").collect(Collectors.joining(","));
        return "{\"type\":\"log\",\"tenant_id\":\"%s\",\"tree_size\":%d,\"root_hash\":\"%s\",\"signed\":\"%s\",\"earlier_heads\":[%s],\"keys\":%s}\n"
                .formatted(tenant.value(), head.treeSize(), head.rootHash(), head.signed(), heads, keys);
    }

    private static Buffer lines(List<StoredRecord> records) {
        Buffer lines = Buffer.buffer();
        records.forEach(record -> lines.appendString(line(record)));
        return lines;
    }

    static String line(StoredRecord stored) {
        byte[] salt = stored.salt();
        String personal = salt == null
                ? "null"
                : new CanonicalJson()
                        .text("address", stored.record().address())
                        .text("salt", HexFormat.of().formatHex(salt))
                        .end();
        return "{\"type\":\"record\",\"leaf_index\":%d,\"leaf_hash\":\"%s\",\"personal\":%s,\"entry\":%s}\n"
                .formatted(
                        stored.leafIndex(),
                        stored.leafHash().hex(),
                        personal,
                        Leaf.entry(stored.record(), stored.personalHash()));
    }

    @Override
    public void close() {
        isOver = true;
    }
}
