package dev.sextant.query.model;

import dev.sextant.query.model.Query.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Query}, mostly one that differs from another in a few things. Checks nothing. One thread. */
public final class QueryBuilder {

    private final String dataset;
    private List<Measure> measures = List.of();
    private List<Dimension> dimensions = List.of();
    private List<Dimension.Plain> fields = List.of();
    private @Nullable Filter filter;
    private @Nullable TimeRange timeRange;
    private @Nullable Filter having;
    private List<Order> order = List.of();
    private int limit = Query.LIMIT_BY_DEFAULT;
    private @Nullable String cursor;
    private boolean totals = true;
    private @Nullable Grouping grouping;
    private @Nullable Compare compare;
    private @Nullable Fill fill;
    private @Nullable Others others;
    private @Nullable Long asOf;
    private boolean navigate;

    QueryBuilder(String dataset) {
        this.dataset = dataset;
    }

    QueryBuilder(Query query) {
        this.dataset = query.dataset();
        this.measures = query.measures();
        this.dimensions = query.dimensions();
        this.fields = query.fields();
        this.filter = query.filter();
        this.timeRange = query.timeRange();
        this.having = query.having();
        this.order = query.order();
        this.limit = query.limit();
        this.cursor = query.cursor();
        this.totals = query.totals();
        this.grouping = query.grouping();
        this.compare = query.compare();
        this.fill = query.fill();
        this.others = query.others();
        this.asOf = query.asOf();
        this.navigate = query.navigate();
    }

    public QueryBuilder measures(List<Measure> measures) {
        this.measures = measures;
        return this;
    }

    public QueryBuilder dimensions(List<Dimension> dimensions) {
        this.dimensions = dimensions;
        return this;
    }

    public QueryBuilder fields(List<Dimension.Plain> fields) {
        this.fields = fields;
        return this;
    }

    public QueryBuilder filter(@Nullable Filter filter) {
        this.filter = filter;
        return this;
    }

    public QueryBuilder timeRange(@Nullable TimeRange timeRange) {
        this.timeRange = timeRange;
        return this;
    }

    public QueryBuilder having(@Nullable Filter having) {
        this.having = having;
        return this;
    }

    public QueryBuilder order(List<Order> order) {
        this.order = order;
        return this;
    }

    public QueryBuilder limit(int limit) {
        this.limit = limit;
        return this;
    }

    public QueryBuilder cursor(@Nullable String cursor) {
        this.cursor = cursor;
        return this;
    }

    public QueryBuilder totals(boolean totals) {
        this.totals = totals;
        return this;
    }

    public QueryBuilder grouping(@Nullable Grouping grouping) {
        this.grouping = grouping;
        return this;
    }

    public QueryBuilder compare(@Nullable Compare compare) {
        this.compare = compare;
        return this;
    }

    public QueryBuilder fill(@Nullable Fill fill) {
        this.fill = fill;
        return this;
    }

    public QueryBuilder others(@Nullable Others others) {
        this.others = others;
        return this;
    }

    public QueryBuilder asOf(@Nullable Long asOf) {
        this.asOf = asOf;
        return this;
    }

    public QueryBuilder navigate(boolean navigate) {
        this.navigate = navigate;
        return this;
    }

    public Query build() {
        return new Query(
                dataset,
                measures,
                dimensions,
                fields,
                filter,
                timeRange,
                having,
                order,
                limit,
                cursor,
                totals,
                grouping,
                compare,
                fill,
                others,
                asOf,
                navigate);
    }
}
