package dev.feedline.feeds.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events on their way: some are lost, some come twice, none in order.
final class SimEvents<E> {
    private final Chaos chaos;
    private final List<E> underWay = new ArrayList<>();

    SimEvents(Chaos chaos) {
        this.chaos = chaos;
    }

    void send(E event) {
        if (!chaos.oneIn(4)) {
            underWay.add(event);
        }
        if (chaos.oneIn(6)) {
            underWay.add(event);
        }
    }

    /// Any one of them.
    Optional<E> take() {
        return underWay.isEmpty()
                ? Optional.empty()
                : Optional.of(underWay.remove(chaos.random().nextInt(underWay.size())));
    }
}
