package dev.sextant.audit.journal;

import dev.sextant.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a journal: {@code id}, and the segments, numbered. */
record JournalFolder(Path path) {

    private static final String SEGMENTS = ".journal";

    /** Names this journal for good; made with it. */
    String id() throws IOException {
        Path file = idFile();
        if (!Files.exists(file)) {
            Path draft = path.resolve("id.new");
            Files.writeString(draft, Ids.make("jrn"));
            Files.move(draft, file);
        }
        return Files.readString(file).strip();
    }

    Path idFile() {
        return path.resolve("id");
    }

    /** All segments, in order, also those that hold nothing. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> file.toString().endsWith(SEGMENTS))
                    .sorted()
                    .toList();
        }
    }

    /**
     * What earlier processes wrote, in order; files that hold nothing are deleted, but for the last that was begun: it tells where
     * the numbers go on when all before it was taken further.
     */
    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path file : files()) {
            Optional<Segment> segment = Segment.read(file);
            if (segment.isPresent()) {
                segments.add(segment.get());
            } else {
                Files.delete(file);
            }
        }
        for (Segment segment : List.copyOf(segments.subList(0, Math.max(0, segments.size() - 1)))) {
            if (segment.end() == Segment.start()) {
                segments.remove(segment);
                segment.delete();
            }
        }
        return segments;
    }

    Path segment(long number) {
        return path.resolve("%012d".formatted(number) + SEGMENTS);
    }

    /** A number above those of all segments. */
    static long numberAfter(List<Segment> segments) {
        return segments.isEmpty() ? 1 : number(segments.getLast().file()) + 1;
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replace(SEGMENTS, ""));
    }
}
