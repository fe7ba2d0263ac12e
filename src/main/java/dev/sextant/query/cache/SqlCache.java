package dev.sextant.query.cache;

import dev.sextant.engine.Plan;
import dev.sextant.kernel.TenantId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers to statements of SQL, up to a weight, shared among tenants by {@code TenantShares}. Of each statement one answer is
 * kept, the one that was made last. No statement can ask for the time, or for anything else that is no data. Safe for all
 * threads.
 */
public final class SqlCache {

    private static final int STATEMENT_BYTES = 2 << 10;

    /**
     * All that an answer depends on.
     *
     * @param plan the compiled statement: what the caller may see is in it, and the values of its parameters
     * @param datasetToVersion how far the data was of all that it reads
     */
    public record Key(TenantId tenant, List<SqlTable.Column> columns, Plan plan, Map<String, Long> datasetToVersion) {

        public Key {
            columns = List.copyOf(columns);
            datasetToVersion = Map.copyOf(datasetToVersion);
        }

        /** The key of the same statement's answer by data of those versions. */
        public Key at(Map<String, Long> versions) {
            return new Key(tenant, columns, plan, versions);
        }
    }

    /**
     * An answer.
     *
     * @param json all but its last brace; nobody changes it
     * @param effort that whoever asked first has caused
     */
    public record Kept(Buffer json, Effort effort) {}

    private record Question(List<SqlTable.Column> columns, Plan plan) {
        static Question of(Key key) {
            return new Question(key.columns(), key.plan());
        }
    }

    private record Versioned(Map<String, Long> datasetToVersion, Kept kept) {}

    private final TenantShares<Question, Versioned> questionToKept;

    /** Keeps about {@code bytesMax} bytes of answers. */
    public SqlCache(long bytesMax) {
        this.questionToKept = new TenantShares<>(bytesMax);
    }

    public Optional<Kept> find(Key key) {
        return questionToKept
                .find(key.tenant(), Question.of(key))
                .filter(there -> there.datasetToVersion().equals(key.datasetToVersion()))
                .map(Versioned::kept);
    }

    /** Keeps an answer that was made of data of the key's very versions. */
    public void put(Key key, Kept answer) {
        questionToKept.put(
                key.tenant(),
                Question.of(key),
                new Versioned(key.datasetToVersion(), answer),
                STATEMENT_BYTES + answer.json().length());
    }
}
