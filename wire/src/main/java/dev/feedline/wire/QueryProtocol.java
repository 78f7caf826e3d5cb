package dev.feedline.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// AWS Query, as STS and IAM speak it: a form whose `Action` names the operation, answered in XML.
public final class QueryProtocol implements Protocol {
    private final String service;
    private final String version;
    private final Map<String, Operation> operations;
    private final Shape.Known shapes = new Shape.Known();

    QueryProtocol(String service, String version, Map<String, Operation> operations) {
        this.service = service;
        this.version = version;
        this.operations = operations;
    }

    @Override
    public boolean isRest() {
        return false;
    }

    @Override
    public Call find(RequestHead head, byte[] body) {
        Query form = form(head, body);
        String action = form.first("Action")
                .orElseThrow(() -> WireError.refusal(400, "MissingAction", "The form names no Action."));
        if (!form.first("Version").orElse(version).equals(version)) {
            throw WireError.refusal(400, "NoSuchVersion", service + " is spoken here in version " + version + ".");
        }
        Operation operation = operations.get(action);
        if (operation == null) {
            throw WireError.NOT_IMPLEMENTED.because(action + " of " + service + " is not implemented by Feedline.");
        }
        return Call.of(operation);
    }

    @Override
    public SdkRequest read(Call call, RequestHead head, byte[] body) {
        SdkPojo builder = call.operation().requestBuilder();
        new QueryPojoReader(shapes).read(form(head, body), List.of("Action", "Version"), builder);
        return ((SdkRequest.Builder) builder).build();
    }

    @Override
    public Answer write(Call call, RequestHead head, SdkResponse response, String requestId) {
        String name = call.operation().name();
        XmlText xml = new XmlText().open(name + "Response", namespace());
        // Also when nothing is in it: the SDK for Go, and so Terraform, looks for UpdateRole's.
        xml.open(name + "Result");
        new XmlPojoWriter(xml, shapes, (field, text) -> text).writeMembers(response);
        xml.close();
        xml.open("ResponseMetadata").element("RequestId", requestId).close().close();
        return new Answer(200, headers(requestId), xml.bytes());
    }

    @Override
    public Answer error(RequestHead head, AwsServiceException error, String requestId) {
        XmlText xml = new XmlText()
                .open("ErrorResponse", namespace())
                .open("Error")
                .element("Type", error.statusCode() < 500 ? "Sender" : "Receiver")
                .element("Code", error.awsErrorDetails().errorCode())
                .element("Message", error.awsErrorDetails().errorMessage())
                .close()
                .element("RequestId", requestId)
                .close();
        return new Answer(error.statusCode(), headers(requestId), xml.bytes());
    }

    private static Query form(RequestHead head, byte[] body) {
        return head.method().equals("GET") ? head.query() : Query.parse(new String(body, StandardCharsets.UTF_8));
    }

    private String namespace() {
        return XmlText.attribute("xmlns", "https://" + service + ".amazonaws.com/doc/" + version + "/");
    }

    private static Headers headers(String requestId) {
        return new Headers().add("x-amzn-requestid", requestId).add("content-type", "text/xml");
    }
}
