package dev.sextant.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.run.MetricQueries;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants to look at. Pointers are relative to the query's body. */
record Questions(DatasetCatalog catalog) {

    /** Fails where the question cannot be meant, or there is no such dataset. */
    Future<LiveKey> read(LiveQuestion question, Origin origin) {
        return switch (question) {
            case LiveQuestion.OfQuery asked ->
                dataset(origin.principal(), name(asked.body()))
                        .map(dataset -> key(origin, query(asked.body(), dataset)));
            case LiveQuestion.OfMetrics asked ->
                dataset(origin.principal(), asked.dataset()).map(dataset -> key(origin, metrics(asked, dataset)));
        };
    }

    private Future<Dataset> dataset(Principal principal, @Nullable String name) {
        return name == null ? catalog.findDefault(principal) : catalog.find(principal, name);
    }

    private static LiveKey key(Origin origin, Query query) {
        return new LiveKey(origin.tenant(), origin.principal().policy(), query);
    }

    private static @Nullable String name(JsonNode body) {
        JsonNode name = body.path("dataset");
        if (!name.isMissingNode() && !name.isNull() && !name.isTextual()) {
            throw new ProblemException(new Problem.InvalidRequest(
                    List.of(Violation.at("/dataset", "type_mismatch", "must be a string")),
                    "A dataset is named by a string."));
        }
        return name.textValue();
    }

    /** Totals are none of a live query's business, so that those who want them and those who do not share one. */
    private static Query query(JsonNode body, Dataset dataset) {
        Query query = QueryReader.read(body, dataset.name(), dataset.model());
        refuse("/cursor", query.cursor() != null, "A live query has one page: leave the cursor out.");
        refuse("/fields", !query.fields().isEmpty(), "Live queries tell groups of events: leave fields out.");
        refuse("/grouping", query.grouping() != null, "Live queries have no subtotals: leave the grouping out.");
        refuse("/as_of", query.asOf() != null, "A live query follows the data: leave as_of out.");
        return query.toBuilder().totals(false).navigate(false).build();
    }

    private static void refuse(String pointer, boolean isAsked, String detail) {
        if (isAsked) {
            throw new ProblemException(Unprocessable.at(pointer, Reason.NOT_SUPPORTED, detail));
        }
    }

    private static Query metrics(LiveQuestion.OfMetrics asked, Dataset dataset) {
        List<Measure> measures = MetricQueries.measures(asked.metrics(), dataset.model());
        TimeRange range = new TimeRange.Last(MetricQueries.timeframe(asked.timeframe()));
        return MetricQueries.totals(dataset.name(), measures, range);
    }
}
