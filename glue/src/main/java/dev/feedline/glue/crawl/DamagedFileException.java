package dev.feedline.glue.crawl;

/// A file is not what its beginning says it is.
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedFileException(String message) {
        super(message);
    }

    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
