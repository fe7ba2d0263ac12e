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

/** The plan of the house. A new arrow is a change to this map, and so a thing to talk about. */
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sextant");

    /** Each room, and the rooms it may know. A room is one package: what lies below it is a room of its own. */
    private static final Map<String, Set<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            // ground
            room("kernel"),
            // platform
            room("bus", "kernel"),
            room("http", "kernel"),
            room("telemetry", "kernel"),
            room("store", "kernel"),
            room("engine", "kernel"),
            // frames
            room("authz.policy", "kernel"),
            room("feature", "http", "kernel"),
            room("edge.defence", "http", "telemetry", "kernel"),
            room("edge", "edge.defence", "http", "telemetry", "kernel"),
            room("engine.duckdb", "engine", "kernel"),
            room("query.expression", "engine", "kernel"),
            room("query.model", "authz.policy", "query.expression", "engine", "kernel"),
            room("query.rollup", "query.model", "engine", "kernel"),
            room(
                    "query.compile",
                    "authz.policy",
                    "query.rollup",
                    "query.model",
                    "query.expression",
                    "engine",
                    "kernel"),
            room("query.cache", "query.model", "store", "engine", "kernel"),
            room("query.split", "query.model", "query.compile", "query.cache", "engine", "kernel"),
            room("query.budget", "query.model", "kernel"),
            room("query.log", "query.model", "query.expression", "engine", "store", "feature", "http", "kernel"),
            room(
                    "datasets",
                    "authz.policy",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "engine",
                    "query.rollup",
                    "query.model",
                    "kernel"),
            room(
                    "query.run",
                    "query.rollup",
                    "query.log",
                    "query.model",
                    "query.compile",
                    "query.cache",
                    "query.split",
                    "query.budget",
                    "datasets",
                    "engine",
                    "bus",
                    "http",
                    "feature",
                    "kernel"),
            room(
                    "query.stream",
                    "query.run",
                    "query.budget",
                    "query.model",
                    "query.compile",
                    "query.cache",
                    "datasets",
                    "engine",
                    "bus",
                    "http",
                    "feature",
                    "kernel"),
            // rooms others may ask
            room("authz", "authz.policy", "datasets", "query.model", "feature", "bus", "http", "store", "kernel"),
            room("tenants", "feature", "bus", "http", "store", "engine", "kernel"),
            room("idempotency", "feature", "http", "store", "kernel"),
            room("limits", "feature", "bus", "http", "store", "kernel"),
            room("identity.key", "authz.policy", "feature", "bus", "http", "store", "kernel"),
            room("identity.secret", "kernel"),
            room("identity.user", "identity.secret", "authz.policy", "feature", "bus", "http", "store", "kernel"),
            room("identity.client", "identity.secret", "feature", "bus", "http", "store", "kernel"),
            room("identity.grant", "identity.secret", "identity.key", "feature", "bus", "http", "store", "kernel"),
            room(
                    "identity.token",
                    "identity.key",
                    "identity.user",
                    "identity.client",
                    "identity.grant",
                    "authz.policy",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "kernel"),
            room(
                    "identity.inspection",
                    "identity.token",
                    "identity.client",
                    "identity.grant",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room("identity.provider", "identity.user", "identity.token", "feature", "bus", "http", "store", "kernel"),
            room(
                    "identity.session",
                    "identity.secret",
                    "identity.user",
                    "identity.client",
                    "identity.grant",
                    "identity.provider",
                    "identity.token",
                    "authz.policy",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "kernel"),
            room("identity.ticket", "identity.key", "feature", "bus", "http", "store", "kernel"),
            room(
                    "identity",
                    "authz.policy",
                    "identity.key",
                    "identity.user",
                    "identity.client",
                    "identity.grant",
                    "identity.provider",
                    "identity.session",
                    "identity.inspection",
                    "identity.token",
                    "identity.ticket",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "kernel"),
            room("security.settings", "feature", "bus", "http", "store", "kernel"),
            room("security.message", "security.settings", "identity.token", "feature", "http", "store", "kernel"),
            room(
                    "security",
                    "security.settings",
                    "security.message",
                    "identity.token",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "kernel"),
            room("audit.journal", "kernel"),
            room("audit.log", "identity.token", "feature", "bus", "http", "store", "kernel"),
            room("usage", "audit.log", "feature", "bus", "http", "store", "kernel"),
            room(
                    "audit",
                    "audit.journal",
                    "audit.log",
                    "usage",
                    "identity.token",
                    "feature",
                    "bus",
                    "http",
                    "store",
                    "kernel"),
            room(
                    "rollups",
                    "authz.policy",
                    "datasets",
                    "query.rollup",
                    "query.compile",
                    "query.model",
                    "engine",
                    "store",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room(
                    "rollups.advice",
                    "datasets",
                    "query.log",
                    "query.rollup",
                    "query.compile",
                    "query.model",
                    "engine",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room(
                    "ingest",
                    "authz.policy",
                    "datasets",
                    "query.compile",
                    "query.model",
                    "engine",
                    "feature",
                    "bus",
                    "http",
                    "telemetry",
                    "kernel"),
            room(
                    "live",
                    "query.run",
                    "query.cache",
                    "query.model",
                    "datasets",
                    "ingest",
                    "engine",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room(
                    "push",
                    "live",
                    "query.model",
                    "identity.key",
                    "identity.ticket",
                    "feature",
                    "bus",
                    "http",
                    "telemetry",
                    "kernel"),
            room(
                    "operations",
                    "query.run",
                    "query.budget",
                    "query.compile",
                    "query.cache",
                    "engine",
                    "store",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            // rooms side by side
            room("scaling", "operations", "engine", "store", "feature", "bus", "http", "kernel"),
            room(
                    "analytics.saved",
                    "authz.policy",
                    "operations",
                    "query.budget",
                    "query.model",
                    "datasets",
                    "store",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room("health", "engine", "store", "feature", "bus", "http", "kernel"),
            room("demo.shop"),
            room("demo", "demo.shop", "tenants", "identity.key", "datasets", "ingest", "bus", "kernel"),
            room(
                    "analytics.olap",
                    "operations",
                    "query.run",
                    "query.stream",
                    "query.budget",
                    "query.compile",
                    "query.cache",
                    "query.model",
                    "datasets",
                    "engine",
                    "feature",
                    "bus",
                    "http",
                    "kernel"),
            room("analytics.sql", "query.run", "query.cache", "feature", "bus", "http", "engine", "kernel"),
            // below the roof
            room("launch.children", "kernel")));

    /** The roof sees all. */
    private static final String ROOF = "launch";

    private static Map.Entry<String, Set<String>> room(String name, String... known) {
        return Map.entry(name, Set.of(known));
    }

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
                    "limits",
                    "idempotency",
                    "scaling",
                    "security.settings",
                    "security.message",
                    "audit",
                    "audit.log",
                    "usage",
                    "analytics.saved"),
            door("io.vertx.pgclient..", "store"),
            door("java.sql..", "store", "engine.duckdb", "launch.children"),
            door("org.flywaydb..", "store"),
            door("com.github.kagkarlsson..", "store"),
            door("io.vertx.redis..", "store"),
            door("com.nimbusds..", "identity.token", "identity.provider", "security.settings", "security.message"),
            door("org.greenbytes..", "security.message"),
            door("com.password4j..", "identity.user"),
            door("io.netty..", "edge", "edge.defence", "http", "identity.session"),
            door("org.duckdb..", "engine.duckdb"),
            door("org.apache.calcite..", "query.compile"),
            door("com.google.re2j..", "query.model"),
            door("io.micrometer..", "telemetry", "launch"),
            door("org.apache.commons.compress..", "launch.children"),
            door("org.tukaani..", "launch.children"),
            door("picocli..", "launch")));

    private static Map.Entry<String, List<String>> door(String library, String... rooms) {
        return Map.entry(
                library, Stream.of(rooms).map(room -> "dev.sextant." + room).toList());
    }

    @TestFactory
    Stream<DynamicTest> eachRoomKnowsOnlyTheRoomsOnThePlan() {
        return ROOMS.entrySet().stream().map(room -> DynamicTest.dynamicTest(room.getKey(), () -> keepsToPlan(room)));
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
                .resideInAnyPackage(Stream.concat(ROOMS.keySet().stream(), Stream.of(ROOF))
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
                            "limits",
                            "idempotency",
                            "scaling"),
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

    @Test
    void noRoomsStandInACircle() {
        slices().matching("dev.sextant.(**)").should().beFreeOfCycles().check(HOUSE);
    }
}
