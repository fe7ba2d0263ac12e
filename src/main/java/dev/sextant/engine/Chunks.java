package dev.sextant.engine;

import dev.sextant.engine.Chunk.Span;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a dataset's chunks of time, and how many rows each has. A commit raises the versions of those chunks
 * whose rows it adds or takes, and of no other: where a range's version is the same as before, so is its data.
 *
 * <p>Immutable; made anew at each commit, sharing what stayed. An hour of a day may be counted by itself and the rest of
 * the day, which came later, together: so what is told of a range is a maximum, and an upper bound.
 */
public final class Chunks {

    /** What a chunk has: {@code version} is the dataset's data version when it last changed. */
    public record Content(long version, long rows) {}

    /** Hours beyond this many are folded into their days. */
    private static final int HOURS_MAX = 512;

    /** Hours of days that ended this long ago are folded. */
    private static final long FOLD_AFTER_SECONDS = 72 * 3_600L;

    public static final Chunks NONE = new Chunks(new Content(0, 0), Map.of());

    /** Counts for every range. */
    private final Content everywhere;

    private final Map<Span, ChunkLevel> spanToLevel;

    private Chunks(Content everywhere, Map<Span, ChunkLevel> spanToLevel) {
        this.everywhere = everywhere;
        this.spanToLevel = spanToLevel;
    }

    /** Where nothing is known but of the whole. */
    public static Chunks undivided(long version, long rows) {
        return new Chunks(new Content(version, rows), Map.of());
    }

    /** These chunks. */
    public static Chunks of(Map<Chunk, Content> chunkToContent) {
        Map<Span, SortedMap<Long, Content>> spanToContents = new EnumMap<>(Span.class);
        chunkToContent.forEach((chunk, content) -> spanToContents
                .computeIfAbsent(chunk.span(), _ -> new TreeMap<>())
                .put(chunk.number(), content));
        Map<Span, ChunkLevel> levels = new EnumMap<>(Span.class);
        spanToContents.forEach((span, contents) -> levels.put(span, ChunkLevel.of(contents)));
        return new Chunks(NONE.everywhere, levels);
    }

    private ChunkLevel level(Span span) {
        return spanToLevel.getOrDefault(span, ChunkLevel.EMPTY);
    }

    /**
     * The greatest version of the chunks that the range touches; 0 where it touches none.
     *
     * @param from inclusive; null where it has no beginning
     * @param to exclusive; null where it has no end
     */
    public long version(@Nullable Instant from, @Nullable Instant to) {
        long greatest = everywhere.version();
        for (Map.Entry<Span, ChunkLevel> entry : spanToLevel.entrySet()) {
            Span span = entry.getKey();
            greatest = Math.max(greatest, entry.getValue().version(first(span, from), last(span, to)));
        }
        return greatest;
    }

    /** How many rows the chunks have that the range touches: the range has so many at most. */
    public long rows(@Nullable Instant from, @Nullable Instant to) {
        long sum = everywhere.rows();
        for (Map.Entry<Span, ChunkLevel> entry : spanToLevel.entrySet()) {
            Span span = entry.getKey();
            sum += entry.getValue().rows(first(span, from), last(span, to));
        }
        return sum;
    }

    private static long first(Span span, @Nullable Instant from) {
        return from == null ? Long.MIN_VALUE : span.number(from);
    }

    private static long last(Span span, @Nullable Instant to) {
        return to == null ? Long.MAX_VALUE : span.number(to.minusNanos(1));
    }

    /** After a commit that made this version by adding so many rows to each of these chunks. */
    public Chunks with(Map<Chunk, Long> chunkToRows, long version) {
        Map<Span, Map<Long, Long>> spanToRows = new EnumMap<>(Span.class);
        chunkToRows.forEach((chunk, rows) ->
                spanToRows.computeIfAbsent(chunk.span(), _ -> new TreeMap<>()).put(chunk.number(), rows));
        Map<Span, ChunkLevel> levels = new EnumMap<>(Span.class);
        levels.putAll(spanToLevel);
        spanToRows.forEach((span, rows) -> levels.put(span, level(span).with(rows, version)));
        return new Chunks(everywhere, levels);
    }

    /**
     * Which chunks lose how many rows, as negative numbers, where so many events of these hours are deleted. Whether an
     * event was counted by hour or by day cannot be told: hours give first, so that no range is counted too low.
     *
     * @param hourToRows by the hours' numbers
     */
    public Map<Chunk, Long> losing(Map<Long, Long> hourToRows) {
        Map<Chunk, Long> chunkToRows = new HashMap<>();
        hourToRows.forEach((hour, rows) -> {
            long left = rows;
            Instant time = Instant.ofEpochSecond(hour * 3_600);
            for (Span span : Span.values()) {
                Chunk chunk = new Chunk(span, span.number(time));
                long there = level(span).rows(chunk.number(), chunk.number()) + chunkToRows.getOrDefault(chunk, 0L);
                long taken = Math.min(left, there);
                if (taken > 0) {
                    chunkToRows.merge(chunk, -taken, Long::sum);
                    left -= taken;
                }
            }
        });
        return chunkToRows;
    }

    /** How many chunks there are. */
    public int count() {
        return spanToLevel.values().stream().mapToInt(ChunkLevel::size).sum();
    }

    /** Whether there are more hours than are worth telling apart. */
    public boolean isLong() {
        return level(Span.HOUR).size() > HOURS_MAX;
    }

    /** With the hours of days long gone counted as days: a range of these hours gets a version that is greater, or the same. */
    public Chunks folded(Instant now) {
        ChunkLevel hours = level(Span.HOUR);
        long firstKept = Span.DAY.number(now.minusSeconds(FOLD_AFTER_SECONDS)) * 24;
        int kept = hours.indexFrom(firstKept);
        SortedMap<Long, Content> days = level(Span.DAY).toMap();
        for (int i = 0; i < kept; i++) {
            days.merge(Math.floorDiv(hours.number(i), 24L), hours.content(i), Chunks::joined);
        }
        Map<Span, ChunkLevel> levels = new EnumMap<>(Span.class);
        levels.putAll(spanToLevel);
        levels.put(Span.DAY, ChunkLevel.of(days));
        levels.put(Span.HOUR, ChunkLevel.of(hours.toMap().tailMap(firstKept)));
        return new Chunks(everywhere, levels);
    }

    private static Content joined(Content one, Content other) {
        return new Content(Math.max(one.version(), other.version()), one.rows() + other.rows());
    }

    public void forEach(BiConsumer<Chunk, Content> visitor) {
        spanToLevel.forEach((span, level) -> {
            for (int i = 0; i < level.size(); i++) {
                visitor.accept(new Chunk(span, level.number(i)), level.content(i));
            }
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chunks chunks
                && everywhere.equals(chunks.everywhere)
                && spanToLevel.equals(chunks.spanToLevel);
    }

    @Override
    public int hashCode() {
        return 31 * everywhere.hashCode() + spanToLevel.hashCode();
    }

    @Override
    public String toString() {
        return count() + " chunks, version " + version(null, null);
    }
}
