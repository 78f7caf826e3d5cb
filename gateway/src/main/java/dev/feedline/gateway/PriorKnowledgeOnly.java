package dev.feedline.gateway;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/// HTTP/2 without TLS for clients that begin with it; nobody is switched over from HTTP/1.1.
///
/// RFC 9113 (section 3.1) took the `Upgrade: h2c` of RFC 7540 away. A server may ignore it, and the client, Java's own
/// for example, goes on in HTTP/1.1. Switching would carry an address over that [OpaqueConnections]
/// has wrapped.
final class PriorKnowledgeOnly extends HTTP2CServerConnectionFactory {
    PriorKnowledgeOnly(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable responseFields) {
        boolean isPreface = "PRI".equals(request.getMethod()); // RFC 9113, section 3.4
        return isPreface ? super.upgradeConnection(connector, endPoint, request, responseFields) : null;
    }
}
