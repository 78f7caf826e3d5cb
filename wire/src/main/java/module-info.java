/// Bytes to SDK requests and back: AWS JSON, CBOR, REST-JSON, REST-XML, Query, `aws-chunked`, SigV4; no I/O.
@org.jspecify.annotations.NullMarked
module dev.feedline.wire {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires java.xml;
    requires software.amazon.awssdk.http;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.cbor;

    exports dev.feedline.wire;
    exports dev.feedline.wire.body;
    exports dev.feedline.wire.signing;
}
