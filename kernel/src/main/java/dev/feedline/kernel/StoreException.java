package dev.feedline.kernel;

/// A store could not do what it was asked; `blame` says whether trying again can help.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Blame blame;

    public StoreException(Blame blame, String message, Throwable cause) {
        super(message, cause);
        this.blame = blame;
    }

    /// [Blame#RESOURCE] when the disk is full and a later try may succeed, else [Blame#FEEDLINE].
    public Blame blame() {
        return blame;
    }
}
