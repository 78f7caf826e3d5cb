package dev.feedline.bench.shape;

import java.util.List;
import java.util.SplittableRandom;

/// Flat rows: numbers, a price, a moment, texts of few and of many distinct values.
final class OrderRows implements RowMaker {
    static final List<String> COLUMNS = List.of(
            "order_id:bigint",
            "customer_id:bigint",
            "ordered_at:timestamp",
            "status:string",
            "amount:decimal(12,2)",
            "currency:string",
            "quantity:bigint",
            "sku:string",
            "country:string",
            "email:string",
            "paid:boolean",
            "note:string");

    private static final List<byte[]> STATUSES = RowBytes.utf8("new", "paid", "packed", "shipped", "delivered");
    private static final List<byte[]> CURRENCIES = RowBytes.utf8("EUR", "USD", "DKK", "JPY", "PLN", "GBP");
    private static final List<byte[]> COUNTRIES = RowBytes.utf8("DE", "US", "DK", "JP", "PL", "GB", "FR", "SE", "BR");
    private static final List<byte[]> HOSTS = RowBytes.utf8("example.com", "example.org", "mail.example.net");
    private static final List<byte[]> NOTES = RowBytes.utf8(
            "", "leave at the door", "ring twice", "said \\\"call first\\\"", "Grüße aus Zürich", "gift, no invoice");

    @Override
    public void row(long number, SplittableRandom random, RowBytes out) {
        int customer = random.nextInt(500_000);
        out.text("{\"order_id\":").number(10_000_000 + number);
        out.text(",\"customer_id\":").number(customer);
        out.text(",\"ordered_at\":\"").moment(random, true);
        out.text("\",\"status\":\"").any(random, STATUSES);
        out.text("\",\"amount\":").decimal(100 + random.nextInt(5_000_000), 2);
        out.text(",\"currency\":\"").any(random, CURRENCIES);
        out.text("\",\"quantity\":").number(1 + random.nextInt(20));
        out.text(",\"sku\":\"MU-").digits(random.nextInt(50_000), 6);
        out.text("\",\"country\":\"").any(random, COUNTRIES);
        out.text("\",\"email\":\"user").number(customer).text("@").any(random, HOSTS);
        out.text("\",\"paid\":").text(random.nextBoolean() ? "true" : "false");
        out.text(",\"note\":\"").any(random, NOTES).text("\"}\n");
    }
}
