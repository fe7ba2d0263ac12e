package dev.sextant.launch;

import dev.sextant.analytics.saved.SavedConfig;
import dev.sextant.audit.AuditConfig;
import dev.sextant.authz.AuthzConfig;
import dev.sextant.backup.BackupConfig;
import dev.sextant.datasets.DatasetsConfig;
import dev.sextant.demo.DemoConfig;
import dev.sextant.edge.EdgeConfig;
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

    public SextantConfig {
        if (cluster.enabled() && engine.kind() == EngineConfig.Kind.DUCKDB) {
            throw new IllegalArgumentException(
                    "cluster.enabled: DuckDB keeps a tenant's data on one node, so it cannot run in a cluster");
        }
    }
}
