package dev.feedline.app.audit;

/// The second reader finds no row that could be loaded, and why.
final class NotARow extends Exception {
    private static final long serialVersionUID = 1;

    NotARow(String message) {
        super(message, null, false, false);
    }
}
