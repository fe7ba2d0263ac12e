package dev.sextant.live;

import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is too large for one message between nodes, kept until its parts were fetched. One thread. */
final class Documents {

    /** As text, they take a third more than that. */
    static final int PART_BYTES = 45_000;

    private static final int KEPT_MAX = 64;

    private final Map<String, byte[]> idToBytes = new LinkedHashMap<>();

    /** The first part; the others are kept for a while. */
    Fetched begin(byte[] bytes) {
        String id = Ids.make("doc");
        int parts = Math.max(1, Math.ceilDiv(bytes.length, PART_BYTES));
        if (parts > 1) {
            idToBytes.put(id, bytes);
            while (idToBytes.size() > KEPT_MAX) {
                idToBytes.remove(idToBytes.keySet().iterator().next());
            }
        }
        return new Fetched(id, parts, part(bytes, 0));
    }

    /** @throws ProblemException where it was dropped meanwhile: begin anew */
    FetchedPart part(FetchPart wish) {
        byte[] bytes = idToBytes.get(wish.document());
        if (bytes == null || wish.part() < 1 || (long) wish.part() * PART_BYTES >= bytes.length) {
            throw new ProblemException(new Problem.Unavailable("live", "The document is not kept any more."));
        }
        if ((wish.part() + 1L) * PART_BYTES >= bytes.length) {
            idToBytes.remove(wish.document());
        }
        return new FetchedPart(part(bytes, wish.part()));
    }

    private static String part(byte[] bytes, int number) {
        int from = number * PART_BYTES;
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART_BYTES));
        return Base64.getEncoder().encodeToString(part);
    }
}
