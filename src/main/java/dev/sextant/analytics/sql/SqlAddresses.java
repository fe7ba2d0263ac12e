package dev.sextant.analytics.sql;

import dev.sextant.bus.Address;

final class SqlAddresses {

    static final Address<RunSql, SqlAnswer> ASK = new Address<>("sql.ask.v1", RunSql.class, SqlAnswer.class);

    private SqlAddresses() {}
}
