package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    private static Letter letter(int number, int bytes) {
        return new Letter(
                "clicks.intake",
                ("key" + number).getBytes(StandardCharsets.UTF_8),
                "x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> keys(List<Spool.Kept> some) {
        return some.stream()
                .map(kept -> new String(kept.letter().key(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void keepsLettersInOrderAndWhole() {
        try (Spool spool = Spool.open(folder, MEBIBYTE)) {
            IntStream.range(0, 300)
                    .forEach(i -> assertThat(spool.keep(letter(i, i))).isTrue());

            List<Spool.Kept> all = spool.oldest(MEBIBYTE);

            assertThat(keys(all))
                    .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "key" + i).toList());
            assertThat(all.get(299).letter()).usingRecursiveComparison().isEqualTo(letter(299, 299));
        }
    }

    @Test
    void goesOnWithWhatAnEarlierProcessLeft() {
        try (Spool spool = Spool.open(folder, MEBIBYTE)) {
            IntStream.range(0, 3).forEach(i -> spool.keep(letter(i, 10)));
            spool.letGo(spool.oldest(1));
        }
        try (Spool spool = Spool.open(folder, MEBIBYTE)) {
            spool.keep(letter(3, 10));

            assertThat(keys(spool.oldest(MEBIBYTE))).containsExactly("key1", "key2", "key3");
            spool.letGo(spool.oldest(MEBIBYTE));
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void keepsNoMoreThanItMay() {
        try (Spool spool = Spool.open(folder, 1_000)) {
            assertThat(spool.keep(letter(0, 600))).isTrue();
            assertThat(spool.keep(letter(1, 600))).isFalse();

            spool.letGo(spool.oldest(1));

            assertThat(spool.keep(letter(2, 600))).isTrue();
            assertThat(keys(spool.oldest(MEBIBYTE))).containsExactly("key2");
        }
    }

    @Test
    void givesWhatFitsAtOnceAndAtLeastOne() {
        try (Spool spool = Spool.open(folder, MEBIBYTE)) {
            IntStream.range(0, 5).forEach(i -> spool.keep(letter(i, 100)));

            assertThat(keys(spool.oldest(1))).containsExactly("key0");
            assertThat(keys(spool.oldest(200))).containsExactly("key0", "key1");
        }
    }
}
