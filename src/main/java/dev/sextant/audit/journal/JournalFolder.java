package dev.sextant.audit.journal;

import dev.sextant.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a journal: {@code id}, and the segments, numbered. */
record JournalFolder(Path path) {

    private static final String SEGMENTS = ".journal";

    /** Names this journal for good; made with it. */
    String id() throws IOException {
        Path file = path.resolve("id");
        if (!Files.exists(file)) {
            Path draft = path.resolve("id.new");
            Files.writeString(draft, Ids.make("jrn"));
            Files.move(draft, file);
        }
        return Files.readString(file).strip();
    }

    /** What earlier processes wrote, in order; files that hold nothing are deleted. */
    List<Segment> segments() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.toString().endsWith(SEGMENTS))
                    .sorted()
                    .toList();
        }
        List<Segment> segments = new ArrayList<>();
        for (Path file : files) {
            var segment = Segment.read(file);
            if (segment.isPresent() && segment.get().end() > Segment.start()) {
                segments.add(segment.get());
            } else {
                Files.delete(file);
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
