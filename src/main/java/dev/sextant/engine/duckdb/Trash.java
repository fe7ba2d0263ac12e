package dev.sextant.engine.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Deletes folders such that a crash leaves each one whole or gone: it is moved away first, at one stroke. */
record Trash(Path bin) {

    void take(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.createDirectories(bin);
            Path moved = bin.resolve(UUID.randomUUID().toString());
            Files.move(folder, moved, StandardCopyOption.ATOMIC_MOVE);
            delete(moved);
        }
    }

    void empty() throws IOException {
        if (Files.exists(bin)) {
            delete(bin);
        }
    }

    /** Deletes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
