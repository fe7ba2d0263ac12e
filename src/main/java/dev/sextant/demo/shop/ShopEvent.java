package dev.sextant.demo.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the shop. Written as JSON, its parts lie side by side: the fields of the dataset.
 *
 * @param eventId the same whenever it is generated
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShopEvent(
        String eventId,
        Instant time,
        Kind event,
        @JsonUnwrapped Visit visit,
        @JsonUnwrapped @Nullable Item item,
        @JsonUnwrapped @Nullable Payment payment,
        @JsonUnwrapped @Nullable Page page) {

    public enum Kind {
        @JsonProperty("session_start")
        SESSION_START,
        @JsonProperty("search")
        SEARCH,
        @JsonProperty("product_view")
        PRODUCT_VIEW,
        @JsonProperty("add_to_cart")
        ADD_TO_CART,
        @JsonProperty("checkout")
        CHECKOUT,
        @JsonProperty("payment_declined")
        PAYMENT_DECLINED,
        @JsonProperty("purchase")
        PURCHASE,
        @JsonProperty("refund")
        REFUND,
        @JsonProperty("chargeback")
        CHARGEBACK
    }

    /**
     * In which visit something happened.
     *
     * @param sessionId null for what happens after the visit: refunds, chargebacks
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Visit(
            @Nullable String sessionId,
            @JsonUnwrapped Customer customer,
            String channel,
            @Nullable String campaign) {

        /** The same customer, after the visit. */
        Visit over() {
            return new Visit(null, customer, channel, campaign);
        }
    }

    /**
     * Who visits.
     *
     * @param newCustomer whether this is the first visit
     */
    public record Customer(
            String userId,
            boolean newCustomer,
            @JsonUnwrapped Place place,
            @JsonUnwrapped Machine machine) {}

    public record Place(String country, String region, String city) {}

    public record Machine(String device, String os) {}

    /**
     * What it is about.
     *
     * @param quantity 1 for what is only looked at
     */
    public record Item(@JsonUnwrapped Product product, int quantity) {}

    /**
     * What is sold.
     *
     * @param price in cents
     */
    public record Product(String productId, String product, String category, long price) {}

    /**
     * What is paid.
     *
     * @param amount in cents: what came in, less than zero for what went back; null where nothing was paid
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Payment(
            String orderId,
            @Nullable Long amount,
            String paymentMethod,
            @Nullable String cardId) {}

    /**
     * How a page came.
     *
     * @param latencyMs from the click to the page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(int latencyMs, @Nullable String searchTerm) {}

    ShopEvent at(Instant other) {
        return new ShopEvent(eventId, other, event, visit, item, payment, page);
    }
}
