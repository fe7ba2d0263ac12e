package dev.sextant.launch.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path temporary;

    @Test
    void secretsAreDrawnOnceAndDiffer() {
        Set<String> before = secrets(temporary);
        Set<String> after = secrets(temporary);

        assertThat(before).hasSize(8).allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aSecretThatIsNewIsAddedToThoseThatAreThere() throws IOException {
        Set<String> before = secrets(temporary);
        List<String> lines = Files.readAllLines(temporary.resolve("secrets"));
        Files.write(temporary.resolve("secrets"), lines.subList(0, 6));

        Set<String> after = secrets(temporary);

        assertThat(after).hasSize(8);
        assertThat(after.stream().filter(before::contains)).hasSize(6);
    }

    @Test
    void aFolderThatIsAFileIsRefusedInOneSentence() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith("The data folder " + file + " cannot be used");
    }

    @Test
    void whoGivesTheLockUpLetsTheNextOneIn() {
        DataFolder.open(temporary).close();

        try (DataFolder again = DataFolder.open(temporary)) {
            assertThat(again.path()).isEqualTo(temporary);
        }
    }

    private static Set<String> secrets(Path path) {
        try (DataFolder folder = DataFolder.open(path)) {
            return Stream.of(SecretName.values())
                    .map(name -> folder.secrets().get(name).value())
                    .collect(Collectors.toSet());
        }
    }
}
