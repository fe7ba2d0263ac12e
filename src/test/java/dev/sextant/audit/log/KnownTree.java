package dev.sextant.audit.log;

import dev.sextant.audit.log.TreeNode.Place;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The tree that Certificate Transparency tests its implementations by, and its roots. */
final class KnownTree {

    /** The entries, in hex. */
    static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    /** Of the first n entries. */
    static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private KnownTree() {}

    static Hash leaf(int index) {
        return Hash.leaf(HexFormat.of().parseHex(ENTRIES.get(index)));
    }

    /** The first leaves, and all whole subtrees of them. */
    static Map<Place, Hash> nodes(int leaves) {
        Map<Place, Hash> nodes = new HashMap<>();
        Peaks peaks = Peaks.none();
        for (int i = 0; i < leaves; i++) {
            nodes.put(new Place(0, i), leaf(i));
            peaks.append(leaf(i), node -> nodes.put(node.place(), node.hash()));
        }
        return nodes;
    }
}
