package dev.sextant.identity.key;

/** Says that a text was seen where it should not be. Whoever says so need not be anybody. It prints without the text. */
record ReportLeak(String key) {

    @Override
    public String toString() {
        return "ReportLeak[key=***]";
    }
}
