package dev.sextant.query.run;

import dev.sextant.bus.Address;

/** What may be asked of queries. */
public final class QueryAddresses {

    public static final Address<AskQuery, Answered> ASK = new Address<>("query.ask.v1", AskQuery.class, Answered.class);

    public static final Address<AskOnTerms, OnTerms> ASK_ON_TERMS =
            new Address<>("query.ask_on_terms.v1", AskOnTerms.class, OnTerms.class);

    public static final Address<AskPatiently, OnTerms> ASK_PATIENTLY =
            new Address<>("query.ask_patiently.v1", AskPatiently.class, OnTerms.class);

    private QueryAddresses() {}
}
