package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.http.Operation;
import dev.sextant.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The API reference: the contract itself, and a page that shows it and tries it out. It needs no internet. */
public final class Reference {

    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final Map<String, FixedFile> NAME_TO_ASSET = Map.of(
            "swagger-ui.css", new FixedFile("text/css", bytes(WEBJAR + "swagger-ui.css")),
            "swagger-ui-bundle.js", new FixedFile("text/javascript", bytes(WEBJAR + "swagger-ui-bundle.js")),
            "start.js", new FixedFile("text/javascript", bytes("/web/docs/start.js")));

    private Reference() {}

    /** The operations that serve it. */
    public static List<Operation> operations(Contract contract) {
        FixedFile yaml = new FixedFile("application/yaml", bytes("/openapi.yaml"));
        FixedFile json = new FixedFile("application/json", Buffer.buffer(text(contract.document())));
        return List.of(
                new GetFileOperation("getOpenapiYaml", _ -> yaml),
                new GetFileOperation("getOpenapiJson", _ -> json),
                new GetDocsOperation(bytes("/web/docs/index.html")),
                new GetFileOperation("getDocsAsset", params -> NAME_TO_ASSET.get(params.text("asset"))));
    }

    static Problem noFile() {
        return new Problem.NotFound("There is no such file here.");
    }

    private static String text(JsonNode document) {
        return document.toString();
    }

    private static Buffer bytes(String resource) {
        try (InputStream stream = Reference.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " is not readable", e);
        }
    }
}
