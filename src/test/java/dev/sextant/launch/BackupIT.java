package dev.sextant.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.backup.UnusableBackupException;
import dev.sextant.kernel.Json;
import dev.sextant.launch.children.CannotStartException;
import dev.sextant.launch.children.TestFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A server is backed up while events arrive, and another one is made of the backup. */
@Timeout(600)
class BackupIT {

    private static final String PASSPHRASE = "correct horse battery staple";
    private static final int BATCHES_BEFORE = 20;
    private static final String ONCE = "{\"name\":\"once\",\"scopes\":[\"analytics:read\"]}";
    private static final List<String> QUERIES = List.of(
            "\"dimensions\":[\"batch\"],\"measures\":[{\"agg\":\"count\",\"as\":\"n\"},{\"agg\":\"count_distinct\",\"field\":\"place\",\"as\":\"d\"}]",
            "\"dimensions\":[\"who\"],\"measures\":[{\"agg\":\"count\",\"as\":\"n\"}]",
            "\"dimensions\":[{\"time\":\"time\",\"grain\":\"1d\"}],\"measures\":[{\"agg\":\"count\",\"as\":\"n\"}]",
            "\"measures\":[{\"agg\":\"sum\",\"field\":\"place\",\"as\":\"s\"},{\"agg\":\"max\",\"field\":\"batch\",\"as\":\"m\"}]",
            "\"dimensions\":[\"who\",\"place\"],\"measures\":[{\"agg\":\"avg\",\"field\":\"batch\",\"as\":\"a\"}]");

    @TempDir
    private static Path scratch;

    private static final Path FOLDER = TestFolders.make();
    private static final List<LoadedTenant> TENANTS = new ArrayList<>();
    private static final Map<String, Set<Integer>> TENANT_TO_BEFORE = new HashMap<>();
    private static RunningServer server;
    private static Path backup;
    private static String said;
    private static String once;
    private static String requestBefore;

    @BeforeAll
    static void backUpWhileEventsArrive() throws Exception {
        server = RunningServer.start(FOLDER, Map.of("SEXTANT_BACKUP_PASSPHRASE", PASSPHRASE));
        TENANTS.add(new LoadedTenant(server, "acme"));
        TENANTS.add(new LoadedTenant(server, "bolt"));
        once = postOnce(server).body();
        for (int batch = 0; batch < BATCHES_BEFORE; batch++) {
            for (LoadedTenant tenant : TENANTS) {
                tenant.send(batch);
            }
        }
        requestBefore = get(server, TENANTS.getFirst().key, "/api/v2/datasets")
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> senders =
                TENANTS.stream().map(tenant -> sender(tenant, isOver)).toList();
        await().until(() -> TENANTS.stream().allMatch(tenant -> tenant.answered.size() > BATCHES_BEFORE + 3));
        TENANTS.forEach(tenant -> TENANT_TO_BEFORE.put(tenant.id, Set.copyOf(tenant.answered)));
        backup = scratch.resolve("whole");
        StringWriter out = new StringWriter();
        int exit = sextant(out, "backup", backup.toString(), "--data-dir", FOLDER.toString());
        said = out.toString();
        isOver.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(exit).as(said).isZero();
    }

    @AfterAll
    static void stopServer() throws InterruptedException {
        server.end();
        TestFolders.delete(FOLDER);
    }

    private static Thread sender(LoadedTenant tenant, AtomicBoolean isOver) {
        return Thread.ofPlatform().start(() -> {
            for (int batch = BATCHES_BEFORE; !isOver.get(); batch++) {
                tenant.send(batch);
            }
        });
    }

    private static HttpResponse<String> postOnce(RunningServer other) {
        return LoadedTenant.patiently(() -> other.send(
                TENANTS.getFirst().key, "POST", "/api/v2/api-keys", ONCE, "idempotency-key", "\"only-once\""));
    }

    private static int sextant(StringWriter out, String... arguments) {
        return new CommandLine(new Main()).setOut(new PrintWriter(out)).execute(arguments);
    }

    @Test
    void theRestoredServerAnswersTheSame() throws Exception {
        Path folder = scratch.resolve("restored");
        Files.createDirectories(folder.resolve("left"));
        Files.writeString(folder.resolve("restore.unfinished"), ""); // as one that was interrupted left it
        assertThatThrownBy(() -> ServerInTests.start(folder))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("interrupted");

        Restore.run(backup, withPassphrase(PASSPHRASE), folder);

        RunningServer restored = RunningServer.start(folder);
        try {
            for (LoadedTenant tenant : TENANTS) {
                assertSameAnswers(tenant, restored);
                assertNothingIsMissing(tenant, restored);
                assertSameThings(tenant, restored);
                assertLog(tenant, restored);
            }
            assertThat(postOnce(restored).body()).isEqualTo(once);
            assertThat(restored.platformKey()).isEqualTo(server.platformKey());
        } finally {
            restored.end();
        }
    }

    private static void assertSameAnswers(LoadedTenant tenant, RunningServer restored) {
        for (String query : QUERIES) {
            JsonNode there = ask(restored, tenant, query);
            String version = there.path("data_version").asText();
            JsonNode here = ask(server, tenant, query + ",\"as_of\":\"" + version + "\"");

            assertThat(there.path("rows")).as(there.toString()).isNotEmpty().isEqualTo(here.path("rows"));
            assertThat(there.path("totals")).isEqualTo(here.path("totals"));
        }
    }

    private static JsonNode ask(RunningServer asked, LoadedTenant tenant, String query) {
        return RunningServer.json(LoadedTenant.patiently(() -> asked.post(
                tenant.key,
                "/api/v2/analytics/realtime/query",
                "application/json",
                "{\"dataset\":\"clicks\",\"limit\":10000,%s}".formatted(query))));
    }

    /** All that was answered before is there once, and is known when it comes again. */
    private static void assertNothingIsMissing(LoadedTenant tenant, RunningServer restored) {
        Map<Integer, JsonNode> batchToRow = new HashMap<>();
        ask(restored, tenant, QUERIES.getFirst())
                .path("rows")
                .forEach(row -> batchToRow.put(row.get(0).intValue(), row));
        Set<Integer> before = TENANT_TO_BEFORE.get(tenant.id);

        assertThat(batchToRow.keySet()).containsAll(before);
        assertThat(batchToRow.values())
                .allMatch(
                        row -> row.get(1).equals(row.get(2)) && row.get(1).intValue() == LoadedTenant.EVENTS_PER_BATCH);
        JsonNode again = RunningServer.json(tenant.post(restored, 0));
        assertThat(again.path("accepted").intValue()).as(again.toString()).isZero();
        assertThat(again.path("duplicates").intValue()).isEqualTo(LoadedTenant.EVENTS_PER_BATCH);
    }

    private static void assertSameThings(LoadedTenant tenant, RunningServer restored) {
        assertThat(get(restored, tenant.revokedKey, "/api/v2/datasets").statusCode())
                .isEqualTo(401);
        for (String path : List.of(
                "/api/v2/datasets",
                "/api/v2/datasets/clicks/rollups",
                "/api/v2/api-keys",
                "/api/v2/users",
                "/api/v2/admin/roles",
                "/api/v2/admin/policies",
                "/api/v2/saved-queries")) {
            HttpResponse<String> there = get(restored, tenant.key, path);
            assertThat(there.statusCode()).as(path + there.body()).isEqualTo(200);
            assertThat(withoutUse(there)).isEqualTo(withoutUse(get(server, tenant.key, path)));
        }
    }

    private static HttpResponse<String> get(RunningServer asked, String key, String path) {
        return LoadedTenant.patiently(() -> asked.get(key, path));
    }

    /** When a key was used last, and how far a dataset is by now, are what they are. */
    private static String withoutUse(HttpResponse<String> response) {
        return response.body()
                .replaceAll("\"last_used_at\":(null|\"[^\"]*\")", "")
                .replaceAll(
                        "\"(events|rows|data_version|bytes|last_event_at|watermark)\":(null|\"[^\"]*\"|[0-9]+)", "");
    }

    private static void assertLog(LoadedTenant tenant, RunningServer restored) throws IOException {
        if (tenant.equals(TENANTS.getFirst())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> export(tenant, restored).contains(requestBefore));
        }
        Path file = Files.writeString(scratch.resolve(tenant.id), export(tenant, restored));
        StringWriter out = new StringWriter();

        assertThat(sextant(out, "verify-audit", file.toString()))
                .as(out.toString())
                .isZero();
        JsonNode report = RunningServer.json(LoadedTenant.patiently(
                () -> restored.post(tenant.key, "/api/v2/audit/verify", "application/json", "{}")));
        assertThat(report.path("valid").booleanValue()).as(report.toString()).isTrue();
        JsonNode usage = RunningServer.json(get(restored, tenant.key, "/api/v2/admin/tenants/" + tenant.id + "/usage"));
        assertThat(usage.at("/reconciliation/matches").booleanValue())
                .as(usage.toString())
                .isTrue();
    }

    private static String export(LoadedTenant tenant, RunningServer asked) {
        return LoadedTenant.patiently(() -> asked.post(tenant.key, "/api/v2/audit/export", "application/json", ""))
                .body();
    }

    @Test
    void saysWhatItMadeAndIsForItsOwnersEyesOnly() throws IOException {
        assertThat(said).contains("is whole").contains("sealed");
        try (Stream<Path> files = Files.walk(backup)) {
            assertThat(files.toList())
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
        assertThat(FOLDER.resolve("backups")).isEmptyDirectory();
        String master = Files.readAllLines(FOLDER.resolve("secrets")).stream()
                .filter(line -> line.startsWith("master_key="))
                .findFirst()
                .orElseThrow()
                .substring("master_key=".length());
        assertThat(holding(master)).isEmpty();
        assertThat(holding(server.platformKey())).isEmpty();
    }

    private static List<Path> holding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(backup)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres/tenant.copy", "tenants/TENANT/events.duckdb", "secrets.sealed", "manifest.seal"})
    void aDamagedPartIsNamedAndNothingIsTouched(String path) throws Exception {
        Path copy = copyOfBackup();
        Path part = copy.resolve(path.replace("TENANT", TENANTS.getFirst().id));
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 1;
        Files.write(part, bytes);

        assertUnusable(
                copy,
                path.startsWith("manifest") ? "manifest" : copy.relativize(part).toString());
    }

    @Test
    void whatIsMissingOrStrangeIsNamed() throws Exception {
        Path lacking = copyOfBackup();
        Files.delete(lacking.resolve("postgres/change.copy"));
        assertUnusable(lacking, "postgres/change.copy is missing");
        Path strange = copyOfBackup();
        Files.writeString(strange.resolve("postgres/more.copy"), "");
        assertUnusable(strange, "postgres/more.copy does not belong");
        Path begun = copyOfBackup();
        Files.delete(begun.resolve("manifest.json"));
        assertUnusable(begun, "not a whole backup");
        Path changed = copyOfBackup();
        Path manifest = changed.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("\"longest_pause_millis\":", "\"longest_pause_millis\":1"));
        assertUnusable(changed, "manifest is not the one that was written");
    }

    private static void assertUnusable(Path changed, String named) throws IOException {
        Path folder = scratch.resolve("never-" + changed.getFileName());

        assertThatThrownBy(() -> Restore.run(changed, withPassphrase(PASSPHRASE), folder))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining(named);

        assertThat(folder).doesNotExist();
    }

    @Test
    void withoutThePassphraseNothingIsRestored() {
        Path folder = scratch.resolve("closed");

        assertThatThrownBy(() -> Restore.run(backup, withPassphrase("another passphrase"), folder))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining("passphrase is another one");
        assertThatThrownBy(() -> Restore.run(backup, ServerInTests.config(), folder))
                .isInstanceOf(UnusableBackupException.class)
                .hasMessageContaining("SEXTANT_BACKUP_PASSPHRASE");
        assertThat(folder).doesNotExist();
    }

    @Test
    void onlyAnEmptyFolderIsFilledAndOnlyByWhatThisBuildKnows() throws Exception {
        Path full = Files.createDirectories(scratch.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");
        assertThatThrownBy(() -> Restore.run(backup, withPassphrase(PASSPHRASE), full))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("is not empty");
        assertThat(full.resolve("mine")).content().isEqualTo("mine");

        assertLater("\"schema\":\"[0-9.]+\"", "\"schema\":\"9999\"");
        assertLater("\"engine\":\"[0-9.]+\"", "\"engine\":\"99.1\"");
    }

    private static void assertLater(String pattern, String replacement) throws IOException {
        Path later = copyOfBackup();
        Path manifest = later.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst(pattern, replacement));

        assertThatThrownBy(() -> Restore.run(later, withPassphrase(PASSPHRASE), scratch.resolve("later")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("later version");
    }

    @Test
    void tellsHowLongAPauseWas() throws IOException {
        JsonNode manifest = Json.tree(Files.readAllBytes(backup.resolve("manifest.json")));

        assertThat(manifest.path("longest_pause_millis").longValue()).isBetween(0L, 20_000L);
        assertThat(manifest.path("parts").size()).isGreaterThan(30);
    }

    private static Path copyOfBackup() throws IOException {
        Path copy = Files.createTempDirectory(scratch, "copy");
        try (Stream<Path> files = Files.walk(backup)) {
            for (Path file : files.filter(file -> !file.equals(backup)).toList()) {
                Files.copy(file, copy.resolve(backup.relativize(file)));
            }
        }
        return copy;
    }

    private static SextantConfig withPassphrase(String passphrase) {
        return ServerInTests.config(Map.of("backup.passphrase", passphrase));
    }
}
