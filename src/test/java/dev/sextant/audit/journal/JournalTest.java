package dev.sextant.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final JournalConfig SMALL = new JournalConfig(64 << 10, 4 * (64 << 10), Duration.ofMillis(5));

    @TempDir
    private Path folder;

    private static boolean append(Journal journal, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return journal.append(bytes, bytes.length);
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void givesWhatWasAppendedInOrderUntilItIsLetGo() {
        try (Journal journal = Journal.open(folder, SMALL)) {
            Stream.of("a", "b", "c").forEach(text -> append(journal, text));
            JournalReader reader = journal.reader();

            List<Frame> two = reader.read(0, 2);
            List<Frame> again = reader.read(0, 2);
            reader.letGo(two.getLast().sequence() + 1);

            assertThat(texts(two)).containsExactly("a", "b");
            assertThat(texts(again)).containsExactly("a", "b");
            assertThat(two.get(1).sequence()).isEqualTo(two.get(0).sequence() + 1);
            assertThat(texts(reader.read(0, 10))).containsExactly("c");
        }
    }

    @Test
    void givesNoNumberTwiceThoughAllWasTakenAndALifeAppendedNothing() {
        long last;
        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, "a");
            last = journal.reader().read(0, 10).getLast().sequence();
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            JournalReader reader = journal.reader();
            reader.read(0, 10);
            reader.letGo(last + 1);
        }
        Journal.open(folder, SMALL).close();

        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, "b");

            List<Frame> frames = journal.reader().read(last + 1, 10);
            assertThat(texts(frames)).containsExactly("b");
        }
    }

    @Test
    void aCopyHasWhatWasAppendedBeforeAndGoesOnFromThere() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        long last;
        String id;
        try (Journal journal = Journal.open(folder, SMALL)) {
            IntStream.range(0, 3000).forEach(number -> append(journal, "frame " + number));
            id = journal.id();

            JournalCopy.copy(folder, copy);

            append(journal, "later");
        }
        try (Journal journal = Journal.open(copy, SMALL)) {
            append(journal, "new");
            List<Frame> all = journal.reader().read(0, 10_000);
            last = all.get(2999).sequence();

            assertThat(journal.id()).isEqualTo(id);
            assertThat(texts(all))
                    .hasSize(3001)
                    .startsWith("frame 0", "frame 1")
                    .endsWith("frame 2999", "new");
            assertThat(all.getLast().sequence()).isGreaterThan(last + 1);
        }
    }

    @Test
    void aCopyOfNothingIsAnotherJournal() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Journal journal = Journal.open(folder, SMALL)) {
            JournalCopy.copy(folder, copy);

            assertThat(copy).isEmptyDirectory();
            try (Journal other = Journal.open(copy, SMALL)) {
                assertThat(other.id()).isNotEqualTo(journal.id());
            }
        }
    }

    /** Closing writes nothing that a killed process would not have written: what was appended is in the page cache. */
    @Test
    void hasEverythingAgainAfterItsProcessAndGivesNoNumberTwice() {
        long last;
        String id;
        try (Journal journal = Journal.open(folder, SMALL)) {
            Stream.of("a", "b").forEach(text -> append(journal, text));
            last = journal.reader().read(0, 10).getLast().sequence();
            id = journal.id();
        }

        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, "c");
            List<Frame> all = journal.reader().read(0, 10);

            assertThat(journal.id()).isEqualTo(id);
            assertThat(texts(all)).containsExactly("a", "b", "c");
            assertThat(all.getLast().sequence()).isGreaterThan(last);
            assertThat(texts(journal.reader().read(last + 1, 10))).containsExactly("c");
        }
    }

    @Test
    void cutsATornEnd() throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            Stream.of("whole", "torn").forEach(text -> append(journal, text));
        }
        flip(
                segments().getFirst(),
                16 + 8 + 5 + 8); // the head, a frame's head and its five bytes, another frame's head

        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, "next");

            assertThat(texts(journal.reader().read(0, 10))).containsExactly("whole", "next");
        }
    }

    @Test
    void readsNothingFromAFileThatIsNoSegment() throws IOException {
        Files.writeString(folder.resolve("000000000007.journal"), "something else, and long enough to have a head");

        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, "a");

            assertThat(texts(journal.reader().read(0, 10))).containsExactly("a");
        }
    }

    @Test
    void goesOnInTheNextSegmentAndDeletesThoseThatWereLetGo() throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            String text = "x".repeat(1000);
            IntStream.range(0, 100).forEach(i -> append(journal, i + text));
            JournalReader reader = journal.reader();

            List<Frame> all = reader.read(0, 1000);
            Path first = segments().getFirst();
            reader.letGo(all.getLast().sequence() + 1);

            assertThat(all).hasSize(100);
            assertThat(texts(all).getLast()).isEqualTo(99 + text);
            assertThat(first).doesNotExist();
            assertThat(reader.read(0, 10)).isEmpty();
        }
    }

    @Test
    void isClosedBeforeItIsFullAndOpensAgain() {
        try (Journal journal = Journal.open(folder, SMALL)) {
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < 1000 && append(journal, "y".repeat(1000)); i++) {
                kept.add(i);
                letTheKeeperWork(kept.size());
            }

            assertThat(journal.isOpen()).isFalse();
            assertThat(kept.size()).isBetween(200, 260);

            JournalReader reader = journal.reader();
            List<Frame> all = reader.read(0, 1000);
            assertThat(all).hasSize(kept.size());
            reader.letGo(all.getLast().sequence() + 1);
            await().atMost(Duration.ofSeconds(10)).until(journal::isOpen);
            assertThat(append(journal, "z")).isTrue();
        }
    }

    /** Fills no faster than segments are made, as long as there is room for more. */
    private void letTheKeeperWork(int appended) {
        int segments = (appended - 1) / 65 + 2; // 65 frames fill one
        await().pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(10))
                .until(() -> segments().size() >= Math.min(4, segments));
    }

    @Test
    void refusesWhatIsLargerThanASegment() {
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertThat(append(journal, "x".repeat(70_000))).isFalse();
        }
    }

    @Test
    void isClosedWhereTheDiskTakesNoNewSegment() throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            deleteAll();

            int appended = 0;
            while (appended < 1000 && append(journal, "x".repeat(1000))) {
                appended++;
            }

            assertThat(appended).isLessThan(1000);
            await().atMost(Duration.ofSeconds(10)).until(() -> !journal.isOpen());
        }
    }

    @Test
    void saysWhereItCannotBeOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Journal.open(file, SMALL)).hasMessageContaining(file.toString());
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 1);
        }
    }
}
