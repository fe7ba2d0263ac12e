package dev.sextant.launch;

import java.util.Map;

/** The configuration of a node of a {@link LocalCluster}. Pure. */
final class LocalSettings {

    private static final String TEMPLATE = """
            node:
              data_dir: ${data}
              name: ${name}
              farewell: 3s
            secrets:
              master_key: ${master_key}
              platform_key: ${platform_key}
            edge:
              port: ${edge.port}
              admin_port: ${admin.port}
              trusted_proxies: 127.0.0.1
            postgres:
              mode: external
              port: ${postgres.port}
              passwords: {owner: "${owner}", app: "${app}", auth: "${auth}", platform: "${platform}"}
            redis:
              mode: external
              port: ${redis.port}
              password: "${redis.password}"
            cluster:
              enabled: true
              secret: "${cluster_secret}"
              members: {port: ${members.port}, join: "${members}"}
              bus: {port: ${bus.port}}
            engine:
              kind: druid
              druid:
                kafka: {bootstrap: "127.0.0.1:${kafka.port}"}
                servers: {brokers: "http://localhost:${broker.port}", overlord: "http://localhost:${overlord.port}"}
                datasources: {removal_period: 10s}
            """;

    private LocalSettings() {}

    /** @param places what stands for <code>${…}</code>; nothing in it needs quoting beyond what is there */
    static String yaml(Map<String, Object> places) {
        String text = TEMPLATE;
        for (Map.Entry<String, Object> place : places.entrySet()) {
            text = text.replace("${" + place.getKey() + "}", place.getValue().toString());
        }
        return text;
    }
}
