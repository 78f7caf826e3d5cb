package dev.feedline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How the services reach each other: directly, or over HTTP as they would on AWS.
///
/// Over HTTP is slower and changes nothing else; a proof runs the whole pipeline so, to keep the AWS form from rotting.
final class Links {
    private final boolean overHttp;
    private final List<Link<?>> links = new ArrayList<>();

    private record Link<C>(LateClient<C> late, Function<Reach, C> overHttp) {
        void connect(Reach reach) {
            late.is(overHttp.apply(reach));
        }
    }

    Links(boolean overHttp) {
        this.overHttp = overHttp;
    }

    boolean areOverHttp() {
        return overHttp;
    }

    /// The client that the other services get for this one.
    <C> C link(Class<C> port, C embedded, Function<Reach, C> client) {
        if (!overHttp) {
            return embedded;
        }
        LateClient<C> late = new LateClient<>(port);
        links.add(new Link<>(late, client));
        return late.client();
    }

    /// Called when the port is open and before any background work begins.
    void connect(Reach reach) {
        links.forEach(link -> link.connect(reach));
    }
}
