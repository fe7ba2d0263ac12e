package dev.sextant.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the documents point at is there; and what the threat model calls proven is tested. */
class DocsTest {

    private static final Path THREATS = Path.of("docs/security.md");

    /** Its text and its target, without the place within a page. */
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)#\\s]*)(?:#[^)\\s]*)?\\)");

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern SECTION = Pattern.compile("(?m)^#{2,3} ");
    private static final String TESTS = "../src/test/java/";

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsToAFile() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(
                page.toString(),
                () -> assertThat(links(text(page))
                                .map(link -> link.group(2))
                                .filter(target -> !target.isEmpty() && !target.matches("[a-z]+:.*"))
                                .filter(target -> !Files.exists(beside(page, target))))
                        .isEmpty()));
    }

    /** {@code Class} or {@code Class.method}, by the class's own name. */
    @TestFactory
    Stream<DynamicTest> everyTestThatTheThreatModelNamesIsOne() {
        return tests(text(THREATS)).map(link -> DynamicTest.dynamicTest(link.group(1), () -> assertTest(link)));
    }

    private static void assertTest(MatchResult link) throws ClassNotFoundException {
        String[] names = link.group(1).replace("`", "").split("\\.", -1);
        String type =
                link.group(2).substring(TESTS.length()).replace(".java", "").replace('/', '.');
        Class<?> found = Class.forName(type, false, DocsTest.class.getClassLoader());

        assertThat(found.getSimpleName()).isEqualTo(names[0]);
        List<String> tests = Stream.of(found.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .map(Method::getName)
                .toList();
        assertThat(tests).as("tests of %s", type).isNotEmpty();
        if (names.length > 1) {
            assertThat(tests).contains(names[1]);
        }
    }

    /** Each row of its tables names the code that does it, and then the tests that show it. */
    @TestFactory
    Stream<DynamicTest> everyControlOfTheThreatModelHasItsCodeAndItsTest() {
        return controls(text(THREATS))
                .map(row -> DynamicTest.dynamicTest(row.split("\\|", -1)[1].strip(), () -> {
                    assertThat(tests(row)).isNotEmpty();
                    assertThat(links(row).filter(link -> !link.group(2).startsWith(TESTS)))
                            .isNotEmpty();
                }));
    }

    @Test
    void theThreatModelHasATestedControlForEachOfTheTopTen() {
        Map<String, Long> riskToControls = SECTION.splitAsStream(text(THREATS))
                .collect(Collectors.toMap(
                        section -> section.split("[:\\s]", 2)[0],
                        section -> controls(section)
                                .filter(row -> tests(row).findAny().isPresent())
                                .count(),
                        Long::sum));

        assertThat(IntStream.rangeClosed(1, 10).mapToObj(number -> "API" + number))
                .allSatisfy(risk -> assertThat(riskToControls.getOrDefault(risk, 0L))
                        .as(risk)
                        .isPositive());
    }

    /** The rows of all tables, without their heads. */
    private static Stream<String> controls(String text) {
        return text.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| Control "));
    }

    private static Stream<MatchResult> tests(String text) {
        return links(text).filter(link -> link.group(2).startsWith(TESTS));
    }

    private static Stream<MatchResult> links(String text) {
        return LINK.matcher(CODE.matcher(text).replaceAll("")).results();
    }

    private static Path beside(Path page, String target) {
        Path folder = page.getParent();
        return folder == null ? Path.of(target) : folder.resolve(target);
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> here = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(here, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
