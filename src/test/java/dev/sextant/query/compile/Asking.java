package dev.sextant.query.compile;

import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.Subtotals;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks through the compiler, as {@code query.run} does. */
final class Asking {

    static final TenantId TENANT = new TenantId("ten_a");

    private final QueryCompiler compiler;
    private final Tables tables;
    private final String dataset;
    private final DatasetModel model;

    Asking(Tables tables, String dataset, DatasetModel model) {
        this.compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 100, tables.dialect());
        this.tables = tables;
        this.dataset = dataset;
        this.model = model;
    }

    /** One page, with the row that tells of more cut off. */
    record Page(
            List<List<@Nullable Object>> rows,
            @Nullable String nextCursor,
            List<@Nullable Object> totals,
            @Nullable List<Subtotals> subtotals) {}

    List<List<@Nullable Object>> rows(String body) {
        return page(body).rows();
    }

    Page page(String body) {
        return page(QueryReader.read(Bodies.json(body), dataset, model));
    }

    Page page(Query query) {
        TimeRange range = query.timeRange();
        CompiledQuery compiled = compiler.compile(TENANT, query, range == null ? null : range.at(Instant.EPOCH), model);
        List<List<List<@Nullable Object>>> results = new ArrayList<>();
        compiled.plan().statements().forEach(statement -> results.add(tables.run(statement)));
        Sheet sheet = compiled.read(results);
        List<@Nullable Object> totals = sheet.totals() == null ? List.of() : sheet.totals();
        String cursor = sheet.last() == null ? null : compiler.cursorAfter(TENANT, compiled, sheet.last(), 0);
        return new Page(sheet.rows(), cursor, totals, sheet.subtotals());
    }

    /** All pages, one after the other. The body ends with a brace, and says neither limit nor cursor. */
    List<List<@Nullable Object>> allPages(String body, int limit) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        String cursor = null;
        do {
            String member = cursor == null ? "null" : "'" + cursor + "'";
            Page page = page(body.substring(0, body.lastIndexOf('}'))
                    + ", 'totals': false, 'limit': %d, 'cursor': %s}".formatted(limit, member));
            all.addAll(page.rows());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }
}
