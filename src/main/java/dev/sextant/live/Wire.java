package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Origin;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Fetches whole pages from other nodes, part by part. */
record Wire(Bus bus, String self) {

    Future<LivePage> fetch(String owner, Fetch wish, Origin origin) {
        return bus.ask(LiveAddresses.fetch(owner), wish, origin)
                .compose(first -> {
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    whole.writeBytes(Base64.getDecoder().decode(first.base64()));
                    return rest(owner, first, 1, whole, origin);
                })
                .map(whole -> LivePage.read(whole.toByteArray()));
    }

    private Future<ByteArrayOutputStream> rest(
            String owner, Fetched first, int part, ByteArrayOutputStream whole, Origin origin) {
        if (part >= first.parts()) {
            return Future.succeededFuture(whole);
        }
        return bus.ask(LiveAddresses.fetchPart(owner), new FetchPart(first.document(), part), origin)
                .compose(next -> {
                    whole.writeBytes(Base64.getDecoder().decode(next.base64()));
                    return rest(owner, first, part + 1, whole, origin);
                });
    }
}
