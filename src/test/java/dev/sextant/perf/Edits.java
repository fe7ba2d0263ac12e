package dev.sextant.perf;

import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** A day of edits of a wiki, made up, the same ones each time; and the questions that are asked of them. */
final class Edits {

    static final String DATASET = "edits";

    static final String MODEL = """
            {"time":"time","entity":"user","event":"namespace",
             "dimensions":[{"name":"channel","type":"string"},{"name":"page","type":"string"},
               {"name":"added","type":"long","unit":"bytes"},{"name":"deleted","type":"long","unit":"bytes"},
               {"name":"isRobot","type":"boolean"},{"name":"countryName","type":"string"}],
             "measures":[{"name":"edits","agg":"count"},{"name":"growth","agg":"sum","field":"added"}],
             "segments":[{"name":"people","filter":{"field":"isRobot","op":"eq","value":false}}]}""";

    /** The number that matches all events, and so costs the same whatever it is. */
    static final String NUMBER = "%N%";

    /** Top channels of most of a day. */
    static final String QUERY = """
            {"dataset":"edits","measures":[{"measure":"edits"},{"agg":"sum","field":"added","as":"added"},\
            {"agg":"avg","field":"deleted","as":"deleted"}],"dimensions":["channel"],\
            "filter":{"and":[{"segment":"people"},{"field":"added","op":"gt","value":10},\
            {"field":"deleted","op":"ne","value":-%N%}]},\
            "time_range":{"from":"2015-09-12T02:00:00Z","to":"2015-09-12T22:00:00Z"},\
            "order":[{"by":"edits","dir":"desc"}],"limit":10}""";

    private static final Instant MIDNIGHT = Instant.parse("2015-09-12T00:00:00Z");
    private static final int DAY_SECONDS = 86_400;
    private static final int CHANNELS = 50;
    private static final int USERS = 20_000;
    private static final int PAGES = 80_000;

    private final Random random = new Random(20_150_912);

    /** The next events, a line each. */
    String lines(int count) {
        StringBuilder lines = new StringBuilder(count * 200);
        for (int i = 0; i < count; i++) {
            lines.append(line()).append('\n');
        }
        return lines.toString();
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "{\"time\":\"%s\",\"channel\":\"#wiki%d.wikipedia\",\"namespace\":\"%s\",\"user\":\"user %d\","
                        + "\"page\":\"Page %d\",\"added\":%d,\"deleted\":%d,\"isRobot\":%b,\"countryName\":%s}",
                MIDNIGHT.plusMillis(random.nextInt(DAY_SECONDS * 1000)),
                fewOften(CHANNELS),
                random.nextInt(3) == 0 ? "Talk" : "Main",
                fewOften(USERS),
                fewOften(PAGES),
                (long) Math.exp(random.nextGaussian() * 2 + 3),
                random.nextInt(4) == 0 ? random.nextInt(500) : 0,
                random.nextInt(10) < 4,
                random.nextInt(10) == 0 ? "\"Country " + fewOften(100) + "\"" : "null");
    }

    /** A number below {@code bound}, the smaller the more often. */
    private int fewOften(int bound) {
        double uniform = random.nextDouble();
        return (int) (bound * uniform * uniform * uniform);
    }
}
