package dev.sextant.analytics.sql;

import dev.sextant.bus.Address;

final class SqlAddresses {

    static final Address<AskSql, SqlAnswer> ASK = new Address<>("sql.ask.v1", AskSql.class, SqlAnswer.class);

    private SqlAddresses() {}
}
