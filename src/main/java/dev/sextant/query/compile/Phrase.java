package dev.sextant.query.compile;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/** Prints what one operator means in the words of an engine that says it in another way than we do. */
@FunctionalInterface
interface Phrase {

    void print(SqlWriter writer, List<SqlNode> operands);

    default void print(SqlWriter writer, SqlCall call) {
        print(writer, call.getOperandList());
    }

    /**
     * These words, always.
     *
     * @param text in which {@code {0}} stands for the first operand, with brackets around it where it needs them
     */
    static Phrase words(String text) {
        return new Words(text);
    }

    /** What the engine has no words for. */
    static Phrase refused(String what, String instead) {
        return (_, _) -> {
            throw refusal(what, instead);
        };
    }

    static ProblemException refusal(String what, String instead) {
        return new ProblemException(Unprocessable.at(
                "",
                Reason.NOT_SUPPORTED,
                "%s cannot be had exactly from the engine that keeps this dataset; %s".formatted(what, instead)));
    }

    /** Pieces of text between operands. */
    record Words(List<String> pieces, List<Integer> places) implements Phrase {

        private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

        /** Whatever binds less than a function stands in brackets. */
        private static final int PRECEDENCE = 99;

        Words(String text) {
            this(List.of(PLACE.split(text, -1)), places(text));
        }

        private static List<Integer> places(String text) {
            List<Integer> places = new ArrayList<>();
            Matcher place = PLACE.matcher(text);
            while (place.find()) {
                places.add(Integer.valueOf(place.group(1)));
            }
            return List.copyOf(places);
        }

        @Override
        public void print(SqlWriter writer, List<SqlNode> operands) {
            if (!pieces.getFirst().isEmpty()) {
                writer.print(pieces.getFirst());
                writer.setNeedWhitespace(false);
            }
            for (int i = 0; i < places.size(); i++) {
                operands.get(places.get(i)).unparse(writer, PRECEDENCE, PRECEDENCE);
                piece(writer, pieces.get(i + 1));
            }
            writer.setNeedWhitespace(true);
        }

        private static void piece(SqlWriter writer, String piece) {
            if (!piece.isEmpty()) {
                writer.setNeedWhitespace(false);
                writer.print(piece);
                writer.setNeedWhitespace(false);
            }
        }
    }
}
