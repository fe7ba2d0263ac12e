package dev.sextant.audit.log;

/**
 * The root of a whole subtree.
 *
 * @param place where it is
 */
record TreeNode(Place place, Hash hash) {

    /**
     * Which subtree.
     *
     * @param level it has 2^level leaves; 0 is a leaf
     * @param position among those of its level, from 0
     */
    record Place(int level, long position) {

        long firstLeaf() {
            return position << level;
        }

        long leafAfter() {
            return (position + 1) << level;
        }

        Place left() {
            return new Place(level - 1, position * 2);
        }

        Place right() {
            return new Place(level - 1, position * 2 + 1);
        }
    }
}
