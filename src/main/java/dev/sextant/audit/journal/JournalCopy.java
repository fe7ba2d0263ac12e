package dev.sextant.audit.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Copies a journal while it is written to, for backups: all that was appended before is in the copy. */
public final class JournalCopy {

    private JournalCopy() {}

    /**
     * Copies it; files that are deleted meanwhile were taken further, and are left out. A copy without frames has no name either:
     * a journal that begins anew must have another one, or its numbers would come twice.
     *
     * @param folder of the journal
     * @param copy a folder that is there, and empty
     */
    public static void copy(Path folder, Path copy) throws IOException {
        JournalFolder journal = new JournalFolder(folder);
        boolean isEmpty = true;
        for (Path file : Files.exists(folder) ? journal.files() : List.<Path>of()) {
            Optional<Segment> segment = read(file);
            if (segment.isPresent() && segment.get().end() > Segment.start()) {
                write(segment.get(), copy.resolve(file.getFileName()));
                isEmpty = false;
            }
        }
        if (!isEmpty) {
            Files.copy(journal.idFile(), new JournalFolder(copy).idFile());
        }
    }

    private static Optional<Segment> read(Path file) throws IOException {
        try {
            return Segment.read(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static void write(Segment segment, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            segment.writeTo(channel);
        }
    }
}
