package dev.sextant.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * What a service is told: {@code common.properties}, then the file of its own name, with places and ports filled in for
 * <code>${folder}</code>, <code>${broker.port}</code> and so on.
 */
record ServiceProperties(Path configuration, Path folder, Ports ports) {

    Properties of(String service) {
        Properties properties = new Properties();
        read("common", properties);
        read(service, properties);
        properties.replaceAll((_, value) -> filled((String) value));
        return properties;
    }

    private void read(String name, Properties properties) {
        try (Reader reader = Files.newBufferedReader(configuration.resolve(name + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException("The configuration of " + name + " cannot be read", e);
        }
    }

    private String filled(String value) {
        String filled = value;
        for (Map.Entry<String, Object> place : places().entrySet()) {
            filled = filled.replace("${" + place.getKey() + "}", place.getValue().toString());
        }
        return filled;
    }

    private Map<String, Object> places() {
        return Map.of(
                "folder", folder,
                "broker.port", ports.broker(),
                "coordinator.port", ports.coordinator(),
                "historical.port", ports.historical(),
                "indexer.port", ports.indexer(),
                "zookeeper.port", ports.zooKeeper(),
                "derby.port", ports.derby());
    }
}
