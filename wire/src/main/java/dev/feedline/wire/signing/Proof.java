package dev.feedline.wire.signing;

import dev.feedline.kernel.Caller;

/// A request whose signature holds: who sent it, and what is needed to check its body.
public record Proof(Caller caller, Claim.Signed claim, PayloadMode mode, ChunkSigner chunks) {}
