package dev.sextant.engine.duckdb;

import dev.sextant.engine.Plan;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.sql.SQLException;
import java.util.function.BiFunction;

/**
 * Runs a plan's statement to its end, and keeps its rows.
 *
 * @param plan of one statement
 * @param stream makes a stream of the rows
 */
record StreamOpening(Plan plan, BiFunction<KeptRows, Reading<KeptStream>, KeptStream> stream)
        implements Reading.Work<KeptStream> {

    @Override
    public KeptStream absent() {
        throw new ProblemException(new Problem.NotFound("There is no such dataset."));
    }

    @Override
    public KeptStream read(TenantFile file, Reading<KeptStream> reading) throws SQLException {
        if (!file.catalog().has(plan.dataset())) {
            return absent();
        }
        return stream.apply(KeptRows.of(plan, file, reading), reading);
    }

    /** It was stopped when it was almost there. */
    @Override
    public void discard(KeptStream opened) {
        opened.close();
    }
}
