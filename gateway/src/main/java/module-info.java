/// The one port: authentication, routing, and the only room that knows HTTP.
@org.jspecify.annotations.NullMarked
module dev.feedline.gateway {
    requires static org.jspecify;
    requires transitive dev.feedline.snowflake;
    requires transitive dev.feedline.wire;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.server;
    requires org.slf4j;
    requires software.amazon.awssdk.http;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.feedline.gateway;
}
