package dev.sextant.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the house against its {@link Plan}. */
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sextant");

    /** The roof sees all. */
    private static final String ROOF = "launch";

    /** Each foreign library that we keep behind few doors, and the doors. */
    private static final Map<String, List<String>> DOORS = new TreeMap<>(Map.ofEntries(
            door("io.vertx.ext.web..", "edge"),
            door("com.networknt..", "edge"),
            door("com.fasterxml.jackson.dataformat..", "edge", "launch"),
            door(
                    "io.vertx.sqlclient..",
                    "store",
                    "identity",
                    "identity.key",
                    "identity.token",
                    "identity.user",
                    "identity.client",
                    "identity.grant",
                    "identity.provider",
                    "tenants",
                    "authz",
                    "datasets",
                    "rollups",
                    "query.log",
                    "operations",
                    "cluster",
                    "limits",
                    "idempotency",
                    "scaling",
                    "backup",
                    "security.settings",
                    "security.message",
                    "audit",
                    "audit.log",
                    "usage",
                    "analytics.saved"),
            door("io.vertx.pgclient..", "store"),
            door("org.postgresql..", "store"),
            door("java.sql..", "store", "engine.duckdb", "launch.children"),
            door("org.flywaydb..", "store"),
            door("com.github.kagkarlsson..", "store"),
            door("io.vertx.redis..", "store"),
            door("com.nimbusds..", "identity.token", "identity.provider", "security.settings", "security.message"),
            door("org.greenbytes..", "security.message"),
            door("com.password4j..", "identity.user"),
            door("io.netty..", "edge", "edge.defence", "http", "identity.session"),
            door("org.duckdb..", "engine.duckdb"),
            door("org.apache.kafka..", "engine.druid"),
            door("io.vertx.circuitbreaker..", "engine.druid"),
            door("org.apache.calcite..", "query.compile"),
            door("com.google.re2j..", "query.model"),
            door("io.micrometer..", "telemetry", "launch"),
            door("com.hazelcast..", "cluster.members"),
            door("io.vertx.spi.cluster..", "cluster.members"),
            door("org.apache.commons.compress..", "launch.children"),
            door("org.tukaani..", "launch.children"),
            door("picocli..", "launch")));

    private static Map.Entry<String, List<String>> door(String library, String... rooms) {
        return Map.entry(
                library, Stream.of(rooms).map(room -> "dev.sextant." + room).toList());
    }

    @TestFactory
    Stream<DynamicTest> eachRoomKnowsOnlyTheRoomsOnThePlan() {
        return Plan.ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> keepsToPlan(room)));
    }

    private static void keepsToPlan(Map.Entry<String, Set<String>> room) {
        String[] known = Stream.concat(Stream.of(room.getKey()), room.getValue().stream())
                .map(name -> "dev.sextant." + name)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.sextant." + room.getKey())
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sextant..").and(not(resideInAnyPackage(known))))
                .because("room " + room.getKey() + " may know only " + room.getValue())
                .check(HOUSE);
    }

    @TestFactory
    Stream<DynamicTest> eachForeignLibraryHasItsDoors() {
        return DOORS.entrySet().stream()
                .map(door -> DynamicTest.dynamicTest(
                        door.getKey(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackages(door.getValue().toArray(String[]::new))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(door.getKey())
                                .because("only " + door.getValue() + " may touch it")
                                .check(HOUSE)));
    }

    @Test
    void everyRoomIsOnThePlan() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(Plan.ROOMS.keySet().stream(), Stream.of(ROOF))
                        .map(room -> "dev.sextant." + room)
                        .toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void anOperationReachesNoEngine() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Operation")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sextant.engine..").or(nameMatching(".*Worker")))
                .check(HOUSE);
    }

    /** Each handle sees another part of the stores; who holds one is decided here. */
    private static final Map<String, List<String>> HANDLES = Map.of(
            "TenantDb",
                    List.of(
                            "identity..",
                            "security..",
                            "audit.log",
                            "usage",
                            "authz",
                            "datasets",
                            "rollups",
                            "query.log",
                            "operations",
                            "limits",
                            "idempotency",
                            "analytics.saved"),
            "PlatformDb",
                    List.of(
                            "identity..",
                            "security..",
                            "audit..",
                            "tenants",
                            "operations",
                            "cluster",
                            "limits",
                            "idempotency",
                            "scaling",
                            "backup"),
            "CredentialDb", List.of("identity.."),
            "RedisStore", List.of("identity..", "security..", "limits", "query.cache"),
            "Jobs", List.of("identity..", "audit..", "tenants", "operations", "idempotency"));

    @TestFactory
    Stream<DynamicTest> eachHandleOfTheStoresHasItsHolders() {
        return HANDLES.entrySet().stream()
                .map(handle -> DynamicTest.dynamicTest(
                        handle.getKey(), () -> isHeldOnlyBy(handle.getKey(), handle.getValue())));
    }

    private static void isHeldOnlyBy(String handle, List<String> rooms) {
        String[] holders = Stream.concat(Stream.of("store", ROOF), rooms.stream())
                .map(room -> "dev.sextant." + room)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(holders)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.sextant.store." + handle)
                .because("only " + rooms + " may hold it")
                .check(HOUSE);
    }

    /**
     * Whoever calls other servers can be made to call inside: one room does, within bounds; others ask what is ours, be it children,
     * nodes or Druid.
     */
    @Test
    void oneRoomCallsOtherServers() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.sextant.identity.provider",
                        "dev.sextant.launch.children",
                        "dev.sextant.cluster.members",
                        "dev.sextant.engine.druid")
                .should()
                .dependOnClassesThat(
                        nameMatching(
                                "io\\.vertx\\.core\\.http\\.(Http|WebSocket)Client.*"
                                        + "|io\\.vertx\\.core\\.net\\.NetClient|java\\.net\\.http\\..*|java\\.net\\.(URLConnection|Socket)"))
                .check(HOUSE);
    }

    @Test
    void noRoomsStandInACircle() {
        slices().matching("dev.sextant.(**)").should().beFreeOfCycles().check(HOUSE);
    }
}
