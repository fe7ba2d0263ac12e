package dev.sextant.query.compile;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.TimestampString;

/** Makes expressions that turn instants into what a {@link Clock} shows, and back. */
final class ClockTree {

    private final RelBuilder builder;
    private final Clock clock;

    ClockTree(RelBuilder builder, Clock clock) {
        this.builder = builder;
        this.clock = clock;
    }

    /** What the clock shows at an instant. */
    RexNode local(RexNode instant) {
        List<RexNode> cases = new ArrayList<>();
        ZoneOffset offset = clock.first();
        for (ZoneOffsetTransition change : clock.changes()) {
            cases.add(isBefore(instant, utc(change.getInstant())));
            cases.add(plus(instant, offset.getTotalSeconds()));
            offset = change.getOffsetAfter();
        }
        return either(cases, plus(instant, offset.getTotalSeconds()));
    }

    /** When the clock first shows this time; where it leaps over it, the instant of the leap. */
    RexNode firstInstant(RexNode mark) {
        List<RexNode> cases = new ArrayList<>();
        ZoneOffset offset = clock.first();
        for (ZoneOffsetTransition change : clock.changes()) {
            cases.add(isBefore(mark, change.getDateTimeBefore()));
            cases.add(plus(mark, -offset.getTotalSeconds()));
            if (change.isGap()) {
                cases.add(isBefore(mark, change.getDateTimeAfter()));
                cases.add(literal(utc(change.getInstant())));
            }
            offset = change.getOffsetAfter();
        }
        return either(cases, plus(mark, -offset.getTotalSeconds()));
    }

    /** When the clock last shows this time; where it leaps over it, that much later. */
    RexNode lastInstant(RexNode mark) {
        List<RexNode> cases = new ArrayList<>();
        ZoneOffset offset = clock.first();
        for (ZoneOffsetTransition change : clock.changes()) {
            cases.add(isBefore(mark, change.getDateTimeAfter()));
            cases.add(plus(mark, -offset.getTotalSeconds()));
            offset = change.getOffsetAfter();
        }
        return either(cases, plus(mark, -offset.getTotalSeconds()));
    }

    private RexNode either(List<RexNode> cases, RexNode otherwise) {
        if (cases.isEmpty()) {
            return otherwise;
        }
        cases.add(otherwise);
        return builder.call(SqlStdOperatorTable.CASE, cases);
    }

    private RexNode plus(RexNode time, int seconds) {
        return seconds == 0
                ? time
                : builder.call(
                        Operators.PLUS, time, builder.call(Operators.TO_SECONDS, builder.literal((long) seconds)));
    }

    private RexNode isBefore(RexNode time, LocalDateTime moment) {
        return builder.call(Operators.LESS, time, literal(moment));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private RexNode literal(LocalDateTime time) {
        TimestampString text = new TimestampString(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return builder.getRexBuilder().makeTimestampLiteral(text, 0);
    }
}
