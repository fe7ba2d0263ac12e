package dev.sextant.analytics.sql;

import dev.sextant.bus.Address;
import dev.sextant.query.run.SqlAnswer;

final class SqlAddresses {

    static final Address<RunSql, SqlAnswer> ASK = new Address<>("sql.ask.v1", RunSql.class, SqlAnswer.class);

    private SqlAddresses() {}
}
