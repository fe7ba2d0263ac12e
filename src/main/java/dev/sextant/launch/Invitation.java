package dev.sextant.launch;

/** What the demo prints for the person who started it: lines to paste into a shell. Pure. */
final class Invitation {

    private Invitation() {}

    static String text(String url, String key) {
        return """

            export URL=%s
            export KEY=%s

            Ask it (the edits are of the 12th of September 2015, and some that arrive just now):

            curl -s $URL/api/v2/analytics/realtime/query -H "authorization: Bearer $KEY" -H 'content-type: application/json' -d '{"dataset":"edits","measures":[{"measure":"edits"}],"dimensions":["channel"],"order":[{"by":"edits","dir":"desc"}],"limit":5}'
            curl -s "$URL/api/v2/analytics/realtime/metrics?timeframe=5m&group_by=channel" -H "authorization: Bearer $KEY"
            curl -s $URL/api/v2/datasets/edits -H "authorization: Bearer $KEY"

            Read about it: %s/docs
            """.formatted(url, key, url);
    }
}
