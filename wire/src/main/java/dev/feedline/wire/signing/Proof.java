package dev.feedline.wire.signing;

import dev.feedline.kernel.Caller;
import java.util.Optional;

/// A request whose signature holds: who sent it, and what is needed to check its body.
///
/// @param chunks continues the signature over the chunks of a body, where the mode has them signed
public record Proof(Caller caller, PayloadMode mode, Optional<ChunkSigner> chunks) {}
