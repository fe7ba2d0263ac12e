package dev.sextant.identity.key;

/** The report was looked at. It says nothing else: what is true of a text is for its holder to know. */
record LeakReceipt(String status) {

    static final LeakReceipt RECEIVED = new LeakReceipt("received");
}
