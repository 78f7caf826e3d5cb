package dev.feedline.convert;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// The objects of one bucket, as far as the conversion needs them.
///
/// Whatever goes wrong underneath comes out as it is; the conversion has nothing to add to it.
public interface Bodies {
    /// An object as a listing shows it; `size` in bytes.
    record Listed(String key, long size) {}

    /// Shows every object under `prefix` whose key sorts after `after` (by UTF-8 bytes), in that order.
    ///
    /// @param after the empty string to begin with the first
    void list(String prefix, String after, Consumer<Listed> each) throws IOException;

    /// The whole object.
    InputStream read(String key) throws IOException;

    /// `length` bytes of the object from `offset` on; `length` is at least 1.
    InputStream readRange(String key, long offset, long length) throws IOException;

    /// Puts the object unless one of that key exists (`If-None-Match: *`).
    ///
    /// @return false when one exists already, which is left as it is
    boolean putIfAbsent(String key, Spool body) throws IOException;
}
