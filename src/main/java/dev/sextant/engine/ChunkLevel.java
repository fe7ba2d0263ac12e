package dev.sextant.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The chunks of one span, by their numbers, ascending. Immutable. */
final class ChunkLevel {

    static final ChunkLevel EMPTY = new ChunkLevel(new long[0], new long[0], new long[0]);

    private final long[] numbers;
    private final long[] versions;
    private final long[] rows;

    private ChunkLevel(long[] numbers, long[] versions, long[] rows) {
        this.numbers = numbers;
        this.versions = versions;
        this.rows = rows;
    }

    static ChunkLevel of(SortedMap<Long, Chunks.Content> numberToContent) {
        int size = numberToContent.size();
        ChunkLevel level = new ChunkLevel(new long[size], new long[size], new long[size]);
        int i = 0;
        for (Map.Entry<Long, Chunks.Content> entry : numberToContent.entrySet()) {
            level.numbers[i] = entry.getKey();
            level.versions[i] = entry.getValue().version();
            level.rows[i] = entry.getValue().rows();
            i++;
        }
        return level;
    }

    int size() {
        return numbers.length;
    }

    long number(int index) {
        return numbers[index];
    }

    Chunks.Content content(int index) {
        return new Chunks.Content(versions[index], rows[index]);
    }

    /** Where the first number stands that is {@code number} or greater. */
    int indexFrom(long number) {
        int found = Arrays.binarySearch(numbers, number);
        return found < 0 ? -found - 1 : found;
    }

    /** The greatest version among those from one number to another, both inclusive; 0 where there are none. */
    long version(long first, long last) {
        long greatest = 0;
        for (int i = indexFrom(first); i < numbers.length && numbers[i] <= last; i++) {
            greatest = Math.max(greatest, versions[i]);
        }
        return greatest;
    }

    long rows(long first, long last) {
        long sum = 0;
        for (int i = indexFrom(first); i < numbers.length && numbers[i] <= last; i++) {
            sum += rows[i];
        }
        return sum;
    }

    /** With these rows more, in this version. */
    ChunkLevel with(Map<Long, Long> numberToRows, long version) {
        if (numberToRows.isEmpty()) {
            return this;
        }
        boolean allThere = numberToRows.keySet().stream().allMatch(number -> Arrays.binarySearch(numbers, number) >= 0);
        if (!allThere) {
            return withNew(numberToRows, version);
        }
        ChunkLevel next = new ChunkLevel(numbers, versions.clone(), rows.clone());
        numberToRows.forEach((number, more) -> {
            int index = Arrays.binarySearch(numbers, number);
            next.versions[index] = version;
            next.rows[index] += more;
        });
        return next;
    }

    private ChunkLevel withNew(Map<Long, Long> numberToRows, long version) {
        SortedMap<Long, Chunks.Content> all = toMap();
        numberToRows.forEach((number, more) -> all.merge(
                number,
                new Chunks.Content(version, more),
                (old, added) -> new Chunks.Content(version, old.rows() + more)));
        return of(all);
    }

    SortedMap<Long, Chunks.Content> toMap() {
        TreeMap<Long, Chunks.Content> map = new TreeMap<>();
        for (int i = 0; i < numbers.length; i++) {
            map.put(numbers[i], content(i));
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkLevel level
                && Arrays.equals(numbers, level.numbers)
                && Arrays.equals(versions, level.versions)
                && Arrays.equals(rows, level.rows);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(versions);
    }
}
