package dev.sextant.backup;

import dev.sextant.backup.Manifest.Part;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Secret;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backup in the making: a folder that nobody else looks into, with {@value #UNFINISHED} behind its name until all is on the
 * disk. What is interrupted keeps that name, and is deleted by {@link #clear}. Blocks; for one thread.
 */
final class BackupFolder {

    static final String UNFINISHED = ".unfinished";

    private final Path place;
    private final Path unfinished;
    private final List<Part> parts = new ArrayList<>();

    private BackupFolder(Path place) {
        this.place = place;
        this.unfinished = place.resolveSibling(place.getFileName() + UNFINISHED);
    }

    /** @param place where it is in the end; nothing is there yet */
    static BackupFolder make(Path place) throws IOException {
        BackupFolder folder = new BackupFolder(place);
        folder(folder.unfinished);
        return folder;
    }

    private static Path folder(Path path) throws IOException {
        return Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes what was begun in there and not finished. */
    static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> all = Files.list(folder)) {
            left = all.filter(path -> path.toString().endsWith(UNFINISHED)).toList();
        }
        for (Path path : left) {
            delete(path);
        }
    }

    /** Copies a folder with all that is in it, for the owner's eyes only, as it was there. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(from)) {
            all = walked.toList();
        }
        for (Path path : all) {
            Path copy = to.resolve(from.relativize(path).toString());
            Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            sync(copy);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /** What can still be written to its disk. */
    long usableBytes() throws IOException {
        return Files.getFileStore(unfinished).getUsableSpace();
    }

    /** A folder for parts that others write; {@link #takeAll} then makes parts of them. */
    Path part(String path) throws IOException {
        return folder(unfinished.resolve(path));
    }

    /** What writes a part. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    void write(String path, Source source) throws IOException {
        Path file = unfinished.resolve(path);
        folder(file.resolveSibling(""));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            source.writeTo(out);
        }
        take(file);
    }

    /** Makes parts of all files in a folder of {@link #part}; what they take. */
    long takeAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        long bytes = 0;
        for (Path file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            bytes += take(file);
        }
        return bytes;
    }

    private long take(Path file) throws IOException {
        sync(file);
        String path = unfinished.relativize(file).toString();
        Part part = new Part(path, Files.size(file), Digests.sha256(file));
        parts.add(part);
        return part.bytes();
    }

    /** Has the disk keep it. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Makes it whole, at one stroke. */
    void finish(Manifest manifest, Secret masterKey) throws IOException {
        byte[] text = Json.write(manifest);
        write(Manifest.NAME, out -> out.write(text));
        write(Manifest.SEAL, out -> out.write(ManifestSeal.of(text, masterKey).getBytes(StandardCharsets.US_ASCII)));
        try (Stream<Path> all = Files.walk(unfinished)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                sync(folder);
            }
        }
        Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        sync(place.resolveSibling(""));
    }

    /** Deletes it. */
    void discard() throws IOException {
        if (Files.exists(unfinished)) {
            delete(unfinished);
        }
    }
}
