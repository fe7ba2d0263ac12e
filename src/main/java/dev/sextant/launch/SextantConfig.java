package dev.sextant.launch;

import dev.sextant.analytics.saved.SavedConfig;
import dev.sextant.audit.AuditConfig;
import dev.sextant.authz.AuthzConfig;
import dev.sextant.backup.BackupConfig;
import dev.sextant.cluster.members.ClusterConfig;
import dev.sextant.datasets.DatasetsConfig;
import dev.sextant.demo.DemoConfig;
import dev.sextant.edge.EdgeConfig;
import dev.sextant.feature.Role;
import dev.sextant.idempotency.IdempotencyConfig;
import dev.sextant.identity.IdentityConfig;
import dev.sextant.ingest.IngestConfig;
import dev.sextant.limits.LimitsConfig;
import dev.sextant.live.LiveConfig;
import dev.sextant.operations.OperationsConfig;
import dev.sextant.push.PushConfig;
import dev.sextant.query.log.QueryLogConfig;
import dev.sextant.query.run.QueryConfig;
import dev.sextant.query.stream.StreamConfig;
import dev.sextant.scaling.ScalingConfig;
import dev.sextant.security.message.MessageConfig;
import dev.sextant.store.PostgresConfig;
import dev.sextant.store.RedisConfig;
import dev.sextant.tenants.TenantsConfig;
import java.util.ArrayList;
import java.util.List;

/** The whole configuration, a section for each room that has one. */
public record SextantConfig(
        NodeConfig node,
        SecretsConfig secrets,
        EdgeConfig edge,
        PostgresConfig postgres,
        RedisConfig redis,
        EngineConfig engine,
        ClusterConfig cluster,
        IdentityConfig identity,
        AuthzConfig authz,
        MessageConfig messages,
        TenantsConfig tenants,
        AuditConfig audit,
        LimitsConfig limits,
        IdempotencyConfig idempotency,
        ScalingConfig scaling,
        BackupConfig backup,
        DatasetsConfig datasets,
        IngestConfig ingest,
        QueryConfig query,
        QueryLogConfig shapes,
        OperationsConfig operations,
        SavedConfig saved,
        StreamConfig streams,
        LiveConfig live,
        PushConfig push,
        DemoConfig demo) {

    public static final SextantConfig DEFAULT = new SextantConfig(
            NodeConfig.DEFAULT,
            SecretsConfig.DEFAULT,
            EdgeConfig.DEFAULT,
            PostgresConfig.DEFAULT,
            RedisConfig.DEFAULT,
            EngineConfig.DEFAULT,
            ClusterConfig.DEFAULT,
            IdentityConfig.DEFAULT,
            AuthzConfig.DEFAULT,
            MessageConfig.DEFAULT,
            TenantsConfig.DEFAULT,
            AuditConfig.DEFAULT,
            LimitsConfig.DEFAULT,
            IdempotencyConfig.DEFAULT,
            ScalingConfig.DEFAULT,
            BackupConfig.DEFAULT,
            DatasetsConfig.DEFAULT,
            IngestConfig.DEFAULT,
            QueryConfig.DEFAULT,
            QueryLogConfig.DEFAULT,
            OperationsConfig.DEFAULT,
            SavedConfig.DEFAULT,
            StreamConfig.DEFAULT,
            LiveConfig.DEFAULT,
            PushConfig.DEFAULT,
            DemoConfig.DEFAULT);

    /**
     * Refuses what each section allows, and nobody can run.
     *
     * @throws ConfigException with every such thing
     */
    void requireRunnable() {
        List<String> mistakes = new ArrayList<>();
        if (cluster.enabled()) {
            requireShared(mistakes);
        } else {
            requireAlone(mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
    }

    private void requireShared(List<String> mistakes) {
        if (engine.kind() == EngineConfig.Kind.DUCKDB) {
            mistakes.add("cluster.enabled: DuckDB keeps a tenant's data on one node, so it cannot run in a cluster");
        }
        if (postgres.mode() == PostgresConfig.Mode.EMBEDDED) {
            mistakes.add("cluster.enabled: an embedded PostgreSQL is one node's own; set postgres.mode to external");
        }
        if (redis.mode() == RedisConfig.Mode.EMBEDDED) {
            mistakes.add("cluster.enabled: an embedded Redis is one node's own; set redis.mode to external");
        }
        if (!secrets.areGiven()) {
            mistakes.add("cluster.enabled: all nodes need the same secrets.master_key and secrets.platform_key;"
                    + " ./sextant secrets draws them");
        }
    }

    private void requireAlone(List<String> mistakes) {
        if (node.duties().size() < Role.values().length) {
            mistakes.add("node.roles: a server that stands alone does everything: leave it, or set cluster.enabled");
        }
    }
}
