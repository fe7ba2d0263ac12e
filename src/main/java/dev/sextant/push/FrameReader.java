package dev.sextant.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.live.LiveQuestion;
import dev.sextant.live.Resume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a client sends. Pure; costs microseconds. The query itself is read where it is answered. */
record FrameReader(double hzMax) {

    private static final double HZ_MIN = 0.1;
    private static final int LENGTH_MAX = 200;
    private static final int METRICS_MAX = 50;
    private static final Predicate<String> ID =
            Pattern.compile("[A-Za-z0-9_.:-]{1,64}").asMatchPredicate();
    private static final String ID_RULE = "must be 1 to 64 letters, digits or _ . : -";

    ClientFrame read(String text) {
        JsonNode frame;
        try {
            frame = Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The parser's message may quote the data: it is not told.
            return new ClientFrame.Unreadable("A frame is one JSON object.");
        }
        if (!frame.isObject()) {
            return new ClientFrame.Unreadable("A frame is one JSON object.");
        }
        Members members = Members.of(frame);
        return switch (frame.path("op").asText()) {
            case "auth" -> auth(members);
            case "subscribe" -> open(members);
            case "ack" -> ack(members);
            case "unsubscribe" -> close(members);
            default -> new ClientFrame.Unreadable("'op' is one of auth, subscribe, ack, unsubscribe.");
        };
    }

    private static ClientFrame auth(Members members) {
        members.allow(Set.of("op", "token"));
        String token = members.required("token", _ -> true, "");
        return checked(null, members, new ClientFrame.Auth(token));
    }

    private static ClientFrame ack(Members members) {
        members.allow(Set.of("op", "id", "offset", "credits"));
        String id = members.required("id", ID, ID_RULE);
        members.count("offset", 0);
        return checked(id, members, new ClientFrame.Ack(id, members.count("credits", 1)));
    }

    private static ClientFrame close(Members members) {
        members.allow(Set.of("op", "id"));
        String id = members.required("id", ID, ID_RULE);
        return checked(id, members, new ClientFrame.Close(id));
    }

    private ClientFrame open(Members members) {
        String id = members.required("id", ID, ID_RULE);
        String topic = members.text("topic", LENGTH_MAX);
        if ("anomalies".equals(topic)) {
            return notSupported(id, "/topic", "The topic 'anomalies' is not supported yet.");
        }
        String mode = members.text("mode", LENGTH_MAX);
        if (mode != null && !mode.equals("delta")) {
            return notSupported(id, "/mode", "The only mode is 'delta'.");
        }
        LiveQuestion question = topic == null ? query(members) : metrics(members, topic);
        Double hz = members.number("max_hz", HZ_MIN, hzMax);
        return checked(id, members, new ClientFrame.Open(id, question, hz, resume(members)));
    }

    private static LiveQuestion query(Members members) {
        members.allow(Set.of("op", "id", "query", "topic", "mode", "max_hz", "resume"));
        if (!members.has("query")) {
            members.refuse("query", "missing_field", "is required, or else a topic");
        }
        members.object("query");
        return new LiveQuestion.OfQuery(members.object().path("query"));
    }

    private static LiveQuestion metrics(Members members, String topic) {
        members.allow(Set.of("op", "id", "topic", "dataset", "metrics", "timeframe", "mode", "max_hz", "resume"));
        if (!topic.equals("metrics")) {
            members.refuse("topic", "not_allowed", "must be metrics");
        }
        String timeframe = members.text("timeframe", LENGTH_MAX);
        return new LiveQuestion.OfMetrics(
                members.text("dataset", LENGTH_MAX),
                members.texts("metrics", METRICS_MAX, LENGTH_MAX),
                timeframe == null ? "5m" : timeframe);
    }

    private static @Nullable Resume resume(Members members) {
        Members resume = members.object("resume");
        if (resume == null) {
            return null;
        }
        resume.allow(Set.of("epoch", "offset"));
        String epoch = resume.required("epoch", _ -> true, "");
        if (!resume.has("offset")) {
            resume.refuse("offset", "missing_field", "is required");
        }
        return new Resume(epoch, resume.count("offset", 0));
    }

    private static ClientFrame checked(@Nullable String id, Members members, ClientFrame frame) {
        Problem problem = members.problem();
        return problem == null ? frame : refused(id, problem);
    }

    private static ClientFrame notSupported(String id, String pointer, String detail) {
        return refused(id, Unprocessable.at(pointer, Reason.NOT_SUPPORTED, detail));
    }

    private static ClientFrame refused(@Nullable String id, Problem problem) {
        return new ClientFrame.Refused(id != null && ID.test(id) ? id : null, problem);
    }
}
