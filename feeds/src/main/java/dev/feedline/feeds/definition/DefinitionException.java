package dev.feedline.feeds.definition;

/// The definition says something that Feedline cannot do; the message says where, what and what to write instead.
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DefinitionException(String where, String what) {
        super(where + ": " + what);
    }
}
