package dev.sextant.launch.children;

import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code children.json}: which processes were started last, and at which ports. Read by the next server. */
final class Register {

    private static final Logger LOG = LoggerFactory.getLogger(Register.class);

    /**
     * @param child its name: see {@link ChildKind#of}
     * @param started its {@link ProcessMark}
     */
    record Entry(String child, long pid, String started, int port) {}

    /** The whole file. */
    record Entries(List<Entry> children) {
        Entries {
            children = List.copyOf(children);
        }
    }

    private final Path file;
    private Entries entries;

    Register(Path file) {
        this.file = file;
        this.entries = read(file);
    }

    synchronized Optional<Entry> entry(String child) {
        return entries.children().stream()
                .filter(entry -> entry.child().equals(child))
                .findFirst();
    }

    /** All that were started, whether they still run or not. */
    synchronized List<Entry> all() {
        return entries.children();
    }

    /** Takes the place of the entry of the same child. */
    synchronized void put(Entry fresh) throws IOException {
        Stream<Entry> others =
                entries.children().stream().filter(entry -> !entry.child().equals(fresh.child()));
        entries = new Entries(Stream.concat(others, Stream.of(fresh)).toList());
        PrivateFiles.write(file, new String(Json.write(entries), StandardCharsets.UTF_8));
    }

    private static Entries read(Path file) {
        if (!Files.exists(file)) {
            return new Entries(List.of());
        }
        try {
            return Json.read(Files.readAllBytes(file), Entries.class);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be read; processes that an earlier server left behind stay unknown", file, e);
            return new Entries(List.of());
        }
    }
}
