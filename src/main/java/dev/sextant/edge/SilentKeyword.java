package dev.sextant.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.KeywordValidator;
import org.jspecify.annotations.Nullable;

/** A keyword that checks nothing, and so costs nothing at a request: the library visits each one that makes a validator. */
final class SilentKeyword extends AbstractKeyword {

    SilentKeyword(String name) {
        super(name);
    }

    @Override
    public @Nullable KeywordValidator newValidator(
            SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        return null;
    }
}
