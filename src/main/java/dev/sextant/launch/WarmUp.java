package dev.sextant.launch;

import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.compile.Cursors;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles a query that nobody asked, on a thread of its own, while the server starts: the first query after a start would
 * otherwise wait until some two thousand classes of the compiler are loaded.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private static final String MODEL = """
            {"dimensions":[{"name":"page","type":"string"},{"name":"bytes","type":"long"}],
             "measures":[{"name":"views","agg":"count"}]}""";

    private static final String QUERY = """
            {"measures":[{"measure":"views"},{"agg":"sum","field":"bytes"},{"agg":"count_distinct","field":"page"}],
             "dimensions":["page",{"time":"time","grain":"1h","tz":"Europe/Berlin"}],
             "filter":{"and":[{"field":"bytes","op":"gt","value":1},{"field":"page","op":"in","value":["home"]}]},
             "time_range":{"last":"1d"},"order":[{"by":"views","dir":"desc"}]}""";

    private WarmUp() {}

    static void begin() {
        Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::compile);
    }

    private static void compile() {
        try {
            DatasetModel model = ModelReader.read(Json.tree(MODEL.getBytes(StandardCharsets.UTF_8)), "");
            Query query = QueryReader.read(Json.tree(QUERY.getBytes(StandardCharsets.UTF_8)), "warm_up", model);
            new QueryCompiler(new Cursors(new Secret("0".repeat(32))), 1)
                    .compile(new TenantId("ten_nobody"), query, null, model);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The query compiler could not be warmed up", e);
        }
    }
}
