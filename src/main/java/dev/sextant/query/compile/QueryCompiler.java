package dev.sextant.query.compile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.Columns;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.DeniedMeasures;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import dev.sextant.query.rollup.Parts;
import dev.sextant.query.rollup.Rollup;
import dev.sextant.query.rollup.RollupChoice;
import dev.sextant.query.rollup.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of queries. Thread-safe. The first query of a shape costs about a millisecond of CPU, the others
 * microseconds.
 */
public final class QueryCompiler {

    private record ShapeKey(TenantId tenant, List<String> path, PolicyFingerprint sight, Shape shape) {}

    /** What is read, as whom, and what its columns mean. */
    private record Source(TenantId tenant, Scanned scanned, DatasetModel model) {}

    /** @param model for which these are right: a dataset's model may have grown since */
    private record Compiled(DatasetModel model, List<Template> templates) {}

    private final Cursors cursors;
    private final Dialect dialect;
    private final Cache<ShapeKey, Compiled> shapeToCompiled;

    /** For DuckDB. */
    public QueryCompiler(Cursors cursors, int shapesMax) {
        this(cursors, shapesMax, Dialect.DUCKDB);
    }

    /**
     * @param shapesMax how many shapes of queries are kept
     * @param dialect of the engine that the plans are for; what it cannot do as {@code docs/semantics.md} has it is refused
     *     as {@code NOT_SUPPORTED}
     */
    public QueryCompiler(Cursors cursors, int shapesMax, Dialect dialect) {
        this.cursors = cursors;
        this.dialect = dialect;
        this.shapeToCompiled = Caffeine.newBuilder().maximumSize(shapesMax).build();
    }

    /**
     * The range of time that the query's earlier pages looked at; empty where it has no cursor, or looks at all time.
     * Whoever turns {@code last} into a range takes this one first, so that all pages are pages of one answer.
     *
     * @throws ProblemException {@code INVALID_CURSOR}
     */
    public Optional<TimeRange.Between> earlierRange(TenantId tenant, Query query) {
        if (query.cursor() == null) {
            return Optional.empty();
        }
        Cursors.Content content = cursors.read(tenant, query, query.cursor());
        return Optional.ofNullable(content.range());
    }

    /**
     * Makes a plan.
     *
     * @param query checked against {@code model}
     * @param range what the query's time range is in absolute terms; null for all time
     * @throws ProblemException {@code INVALID_CURSOR}, also where the range is not the one of the earlier pages
     * @return pages after the first look at the version of the data that the first one looked at
     */
    public CompiledQuery compile(TenantId tenant, Query query, TimeRange.@Nullable Between range, DatasetModel model) {
        DeniedMeasures.refuse(query.measures(), model);
        List<ColumnInfo> shown = Columns.of(query, model);
        List<ColumnInfo> columns = withTies(query, shown);
        Cursors.Content earlier = query.cursor() == null ? null : earlier(tenant, query, range, model);
        Stripped stripped = stripped(query, model, range, earlier, columns);
        Source source = new Source(tenant, events(query.dataset(), model), model);
        Plan plan = new Plan(
                query.dataset(), statements(stripped, source, columns), Bounds.rows(query, earlier == null) + 1);
        CompiledQuery.Question question =
                new CompiledQuery.Question(query, range, version(query, earlier), model.fingerprint());
        return new CompiledQuery(question, shown, plan, stripped.shape());
    }

    /**
     * Makes a plan that reads a rollup.
     *
     * @param query as it was asked, for its first page
     * @param served what became of it
     */
    public CompiledQuery compile(
            TenantId tenant, Query query, TimeRange.@Nullable Between range, DatasetModel model, Served served) {
        DeniedMeasures.refuse(query.measures(), model);
        List<ColumnInfo> columns = Columns.of(query, model);
        Stripped stripped = stripped(served.query(), served.model(), range, null, columns);
        Source source = new Source(tenant, Scanned.rollup(query.dataset(), served), served.model());
        Plan plan = new Plan(query.dataset(), statements(stripped, source, columns), Bounds.rows(query, true) + 1);
        CompiledQuery.Question question = new CompiledQuery.Question(query, range, null, model.fingerprint());
        return new CompiledQuery(question, columns, plan, stripped.shape());
    }

    /** All columns that the rows have. */
    static List<ColumnInfo> withTies(Query query, List<ColumnInfo> shown) {
        List<ColumnInfo> columns = new ArrayList<>(shown);
        columns.addAll(Columns.ties(query));
        return columns;
    }

    private List<Plan.Statement> statements(Stripped stripped, Source source, List<ColumnInfo> columns) {
        ShapeKey key = new ShapeKey(
                source.tenant(), source.scanned().path(), source.model().fingerprint(), stripped.shape());
        Compiled compiled = shapeToCompiled.getIfPresent(key);
        if (compiled == null || !compiled.model().equals(source.model())) {
            compiled = new Compiled(
                    source.model(),
                    new Statements(stripped.shape(), source.scanned(), source.model(), columns).templates());
            shapeToCompiled.put(key, compiled);
        }
        List<Plan.Statement> statements = new ArrayList<>();
        compiled.templates().forEach(template -> statements.add(template.bind(stripped.values())));
        return statements;
    }

    /**
     * What an engine needs to keep a rollup.
     *
     * @param model from which nothing is kept back: a rollup is of all events
     */
    public RollupTable rollup(String dataset, DatasetModel model, Rollup rollup) {
        requireWhole(model);
        Query query = rollup.query(dataset, model);
        List<ColumnInfo> columns = Columns.of(query, model);
        Stripped stripped = Stripped.of(query, model, null, Stripped.Place.FIRST, dialect);
        QueryTree tree = new QueryTree(stripped.shape(), events(dataset, model), model, columns);
        Plan.Statement statement =
                Template.of(tree.cells(), tree.parameters(), List.of()).bind(stripped.values());
        return new RollupTable(
                dataset,
                rollup.name(),
                rollup.seconds(),
                Stream.concat(Stream.of(Table.TIME), rollup.dimensions().stream())
                        .toList(),
                Parts.of(rollup, model).parts().stream()
                        .map(QueryCompiler::part)
                        .toList(),
                statement.sql(),
                statement.parameters());
    }

    /** Counts the groups that a rollup would have of the events there are; one row of one column. */
    public Plan groupCount(String dataset, DatasetModel model, Rollup rollup) {
        requireWhole(model);
        Query query = new Rollup(rollup.name(), rollup.grain(), rollup.dimensions(), List.of()).query(dataset, model);
        Stripped stripped = Stripped.of(query, model, null, Stripped.Place.FIRST, dialect);
        QueryTree tree = new QueryTree(stripped.shape(), events(dataset, model), model, Columns.of(query, model));
        Plan.Statement statement = Template.of(tree.groupCount(), tree.parameters(), List.of(FieldType.LONG))
                .bind(stripped.values());
        return new Plan(dataset, List.of(statement), 1);
    }

    private static void requireWhole(DatasetModel model) {
        if (model.sight() != null) {
            throw new IllegalArgumentException("A rollup is of all events, and something is kept back here");
        }
    }

    private static RollupTable.Part part(Parts.Part part) {
        RollupTable.Merge merge = switch (part.aggregate().function()) {
            case MIN -> RollupTable.Merge.MIN;
            case MAX -> RollupTable.Merge.MAX;
            case COUNT, SUM, AVG, COUNT_DISTINCT, QUANTILE -> RollupTable.Merge.SUM;
        };
        return new RollupTable.Part(part.column(), merge);
    }

    /**
     * Says which events a query looks at: its filter, its range and what {@code model} keeps back, and nothing else of it.
     *
     * @param range what the query's time range is in absolute terms; null for all time
     */
    public Condition condition(Query query, TimeRange.@Nullable Between range, DatasetModel model) {
        Stripped stripped = Stripped.of(query, model, range, Stripped.Place.FIRST, dialect);
        QueryTree tree =
                new QueryTree(stripped.shape(), events(query.dataset(), model), model, Columns.of(query, model));
        Plan.Statement statement = Template.condition(ScanTree.flat(tree.events()), tree.parameters())
                .bind(stripped.values());
        return new Condition(query.dataset(), statement.sql(), statement.parameters());
    }

    /**
     * What is made of a query: trees and statements without any values. Costs a millisecond.
     *
     * @param choice of what is read
     * @throws ProblemException as {@link #compile} does
     */
    public Explanation explain(
            TenantId tenant, Query query, TimeRange.@Nullable Between range, DatasetModel model, RollupChoice choice) {
        List<ColumnInfo> columns = withTies(query, Columns.of(query, model));
        Served served = model.isVeiled() ? null : choice.served();
        Cursors.Content earlier = query.cursor() == null ? null : earlier(tenant, query, range, model);
        Source source = served == null
                ? alone(tenant, query, model)
                : new Source(tenant, Scanned.rollup(query.dataset(), served), served.model());
        Shape shape = stripped(served == null ? query : served.query(), source.model(), range, earlier, columns)
                .shape();
        List<Statements.Made> made = new Statements(shape, source.scanned(), source.model(), columns).made();
        return new Explanation(
                made.stream().map(one -> RelOptUtil.toString(one.tree())).collect(Collectors.joining("\n")),
                made.stream().map(one -> one.template().sql()).collect(Collectors.joining(";\n")),
                model.isVeiled() ? List.of() : candidates(choice));
    }

    /** What is kept back is not explained: neither which events, nor by which fields. */
    private Source alone(TenantId tenant, Query query, DatasetModel model) {
        DatasetModel alone = model.alone();
        return new Source(tenant, events(query.dataset(), alone), alone);
    }

    private Scanned events(String dataset, DatasetModel model) {
        return Scanned.events(dataset, model, dialect);
    }

    private static List<Explanation.Candidate> candidates(RollupChoice choice) {
        List<Explanation.Candidate> candidates = new ArrayList<>();
        if (choice.served() != null) {
            candidates.add(new Explanation.Candidate(choice.served().rollup().name(), true, null));
        }
        choice.lost().forEach(lost -> candidates.add(new Explanation.Candidate(lost.rollup(), false, lost.reason())));
        return candidates;
    }

    private Stripped stripped(
            Query query,
            DatasetModel model,
            TimeRange.@Nullable Between range,
            Cursors.@Nullable Content earlier,
            List<ColumnInfo> columns) {
        return Stripped.of(
                query,
                model,
                range,
                new Stripped.Place(
                        version(query, earlier),
                        earlier == null ? null : Cursors.values(earlier, SortKey.of(query.order(), columns), columns)),
                dialect);
    }

    private static @Nullable Long version(Query query, Cursors.@Nullable Content earlier) {
        return earlier == null || query.asOf() != null ? query.asOf() : earlier.version();
    }

    /**
     * The cursor of the page that comes after {@code row}, one of the compiled query's.
     *
     * @param version of the data that the answer is of: see {@link CompiledQuery#stateOf}
     */
    public String cursorAfter(TenantId tenant, CompiledQuery compiled, List<@Nullable Object> row, long version) {
        return cursors.write(tenant, compiled, row, version);
    }

    /** What the pages before sorted by and left out was of what their caller might see. */
    private Cursors.Content earlier(
            TenantId tenant, Query query, TimeRange.@Nullable Between range, DatasetModel model) {
        Cursors.Content content = cursors.read(tenant, query, Objects.requireNonNull(query.cursor()));
        if (!Objects.equals(range, content.range())
                || !model.fingerprint().value().equals(content.sight())) {
            throw Cursors.refused();
        }
        return content;
    }
}
