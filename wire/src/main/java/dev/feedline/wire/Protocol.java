package dev.feedline.wire;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// One of AWS's protocols, bound to one service: what names the operation, and how requests, answers and errors look.
public sealed interface Protocol permits JsonProtocol, QueryProtocol, RestJsonProtocol, RestXmlProtocol {
    /// Says whether the operation is known before the body is read.
    boolean isRest();

    /// Finds the operation; one that does not exist here is refused by its name.
    ///
    /// @param body the whole body, or nothing for a protocol that [#isRest]
    Call find(RequestHead head, byte[] body);

    /// Reads the request; for an upload the body is empty here and travels beside.
    SdkRequest read(Call call, RequestHead head, byte[] body);

    /// Writes the answer; for a download the body is empty here and travels beside.
    Answer write(Call call, RequestHead head, SdkResponse response, String requestId);

    /// Writes an error; `details` of the exception name the code and the message.
    Answer error(RequestHead head, AwsServiceException error, String requestId);
}
