package dev.sextant.query.compile;

import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.jspecify.annotations.Nullable;

/** Calcite's, with texts as they are: DuckDB does not know the standard's notation for those beyond ASCII. */
final class DuckDbSql extends DuckDBSqlDialect {

    DuckDbSql() {
        super(DEFAULT_CONTEXT);
    }

    @Override
    public void quoteStringLiteral(StringBuilder sql, @Nullable String charset, String text) {
        sql.append('\'').append(text.replace("'", "''")).append('\'');
    }

    /** Else a text that is masked by nothing would be cast to VARCHAR CHARACTER SET. */
    @Override
    public boolean supportsCharSet() {
        return false;
    }
}
