package dev.feedline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// Requests and answers in every protocol, spelled by hand as AWS's documentation has them.
class CodecTest {
    @Test
    void awsJsonBecomesARequest() {
        PutRecordsRequest request = (PutRecordsRequest)
                read(AwsService.KINESIS, KinesisClient.class, target("Kinesis_20131202.PutRecords"), """
                {"StreamName": "orders", "Records": [
                   {"Data": "aGVsbG8=", "PartitionKey": "k1"},
                   {"Data": "", "PartitionKey": "k2", "ExplicitHashKey": null}]}""");

        assertThat(request.streamName()).isEqualTo("orders");
        assertThat(request.records()).hasSize(2);
        assertThat(request.records().getFirst().data()).isEqualTo(SdkBytes.fromUtf8String("hello"));
        assertThat(request.records().get(1).explicitHashKey()).isNull();
    }

    @Test
    void nestedListsAndMapsBecomeARequest() {
        CreateTableRequest request =
                (CreateTableRequest) read(AwsService.GLUE, GlueClient.class, target("AWSGlue.CreateTable"), """
                {"DatabaseName": "feedline", "TableInput": {"Name": "orders", "LastAccessTime": 1795428672.5,
                  "Parameters": {"classification": "parquet"},
                  "StorageDescriptor": {"Columns": [{"Name": "a", "Type": "bigint"}], "Compressed": true}}}""");

        assertThat(request.tableInput().parameters()).isEqualTo(Map.of("classification", "parquet"));
        assertThat(request.tableInput().lastAccessTime()).isEqualTo(Instant.parse("2026-11-23T10:11:12.500Z"));
        assertThat(request.tableInput().storageDescriptor().compressed()).isTrue();
        assertThat(request.tableInput().storageDescriptor().columns())
                .extracting("name", "type")
                .containsExactly(org.assertj.core.groups.Tuple.tuple("a", "bigint"));
    }

    @Test
    void aMemberThatTheModelDoesNotHaveIsRefusedByItsName() {
        assertThatThrownBy(() -> read(
                        AwsService.FIREHOSE,
                        FirehoseClient.class,
                        target("Firehose_20150804.CreateDeliveryStream"),
                        "{\"DeliveryStreamName\": \"s\", \"Colour\": 1}"))
                .hasMessageContaining("Colour");
        CreateDeliveryStreamRequest request = (CreateDeliveryStreamRequest) read(
                AwsService.FIREHOSE,
                FirehoseClient.class,
                target("Firehose_20150804.CreateDeliveryStream"),
                "{\"DeliveryStreamName\": \"s\", \"Colour\": null}");
        assertThat(request.deliveryStreamName()).isEqualTo("s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"x\"",
                "{}{}",
                "nul",
                "{\"StreamName\": 1}",
                "{\"Records\": {}}",
                "{\"Records\": [1]}",
                "{\"StreamName\": \"a\" \"b\"}",
                "{\"Records\": [{\"Data\": \"%%%\"}]}",
                "{\"Records\": [null]}"
            })
    void aBodyThatIsNoSuchRequestIsASerializationException(String body) {
        assertThatThrownBy(() ->
                        read(AwsService.KINESIS, KinesisClient.class, target("Kinesis_20131202.PutRecords"), body))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SerializationException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "99999999999999999999"})
    void aTimestampBeyondTimeIsRefusedQuickly(String number) {
        assertThatThrownBy(() -> read(
                        AwsService.KINESIS,
                        KinesisClient.class,
                        target("Kinesis_20131202.GetShardIterator"),
                        "{\"Timestamp\": " + number + "}"))
                .isInstanceOf(AwsServiceException.class);
    }

    @Test
    void nestingIsBounded() {
        String deep = "{\"a\":".repeat(2000) + "1" + "}".repeat(2000);

        assertThatThrownBy(() -> read(
                        AwsService.GLUE,
                        GlueClient.class,
                        target("AWSGlue.CreateTable"),
                        "{\"TableInput\":" + deep + "}"))
                .isInstanceOf(AwsServiceException.class);
    }

    @Test
    void anAnswerIsAwsJson() {
        StreamDescriptionSummary summary = StreamDescriptionSummary.builder()
                .streamName("s")
                .openShardCount(2)
                .streamCreationTimestamp(Instant.parse("2026-11-22T10:11:12.345Z"))
                .build();

        Answer answer = write(
                AwsService.KINESIS,
                KinesisClient.class,
                target("Kinesis_20131202.DescribeStreamSummary"),
                DescribeStreamSummaryResponse.builder()
                        .streamDescriptionSummary(summary)
                        .build());

        assertThat(text(answer))
                .isEqualTo("{\"StreamDescriptionSummary\":{\"StreamName\":\"s\","
                        + "\"StreamCreationTimestamp\":1795342272.345,\"OpenShardCount\":2}}");
        assertThat(answer.headers().first("x-amzn-requestid")).contains("request-1");
    }

    @Test
    void cborSpeaksMillisecondsAndBytes() {
        RequestHead head = target("Kinesis_20131202.GetRecords");
        head.headers().set("content-type", "application/x-amz-cbor-1.1");

        Answer answer = write(
                AwsService.KINESIS,
                KinesisClient.class,
                head,
                GetRecordsResponse.builder()
                        .records(r -> r.data(SdkBytes.fromByteArray(new byte[] {1, 2}))
                                .approximateArrivalTimestamp(Instant.ofEpochMilli(1000)))
                        .build());

        // bf/ff map, 67 text(7) "Records", 9f/ff array; c1 tag 1, 19 03e8 = 1000; 42 bytes(2)
        assertThat(java.util.HexFormat.of().formatHex(answer.body()))
                .contains("675265636f726473")
                .contains("c11903e8")
                .contains("420102");
        assertThat(answer.headers().first("content-type")).contains("application/x-amz-cbor-1.1");
    }

    @Test
    void anSqsErrorCarriesBothItsNames() {
        Protocol protocol = AwsService.SQS.protocol(SqsClient.class);
        AwsServiceException error = QueueDoesNotExistException.builder()
                .statusCode(400)
                .awsErrorDetails(WireError.refusal(400, "QueueDoesNotExist", "The specified queue does not exist.")
                        .awsErrorDetails())
                .build();

        Answer answer = protocol.error(target("AmazonSQS.GetQueueUrl"), error, "request-1");

        assertThat(text(answer))
                .isEqualTo("{\"__type\":\"QueueDoesNotExist\",\"message\":\"The specified queue does not exist.\"}");
        assertThat(answer.headers().first("x-amzn-query-error"))
                .contains("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void anOperationNobodyHasIsRefusedByItsName() {
        Protocol protocol = AwsService.KINESIS.protocol(KinesisClient.class);

        assertThatThrownBy(() -> protocol.find(target("Kinesis_20131202.FlyToTheMoon"), new byte[0]))
                .hasMessageContaining("FlyToTheMoon");
        assertThatThrownBy(() -> protocol.find(target("Kinesis_20131202.SubscribeToShard"), new byte[0]))
                .hasMessageContaining("SubscribeToShard");
    }

    @Test
    void restJsonReadsPathQueryHeadersAndARawPayload() {
        RequestHead head = head("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax/invocations", "Qualifier=2");
        head.headers().add("X-Amz-Invocation-Type", "Event");

        InvokeRequest request = (InvokeRequest) read(AwsService.LAMBDA, LambdaClient.class, head, "{\"not\": parsed");

        assertThat(request.functionName()).isEqualTo("arn:aws:lambda:x");
        assertThat(request.qualifier()).isEqualTo("2");
        assertThat(request.invocationTypeAsString()).isEqualTo("Event");
        assertThat(request.payload().asUtf8String()).isEqualTo("{\"not\": parsed");
    }

    @Test
    void restJsonPathsMayEndInASlashAsBotocoreSendsThem() {
        RequestHead head = head("POST", "/2015-03-31/event-source-mappings/", "");

        CreateEventSourceMappingRequest request = (CreateEventSourceMappingRequest)
                read(AwsService.LAMBDA, LambdaClient.class, head, "{\"BatchSize\": 7, \"FunctionName\": \"f\"}");

        assertThat(request.batchSize()).isEqualTo(7);
    }

    @Test
    void aQueryParameterThatNobodyKnowsIsRefusedByItsName() {
        assertThatThrownBy(() -> read(AwsService.S3, S3Client.class, head("GET", "/b/k", "colour=red"), ""))
                .hasMessageContaining("colour");
        assertThat(read(AwsService.S3, S3Client.class, head("GET", "/b/k", "x-id=GetObject&X-Amz-Date=1"), ""))
                .isInstanceOf(GetObjectRequest.class);
    }

    @Test
    void aHeaderOfAwssThatNobodyKnowsIsRefusedByItsName() {
        RequestHead head = head("GET", "/b/k", "");
        head.headers().add("x-amz-colour", "red");

        assertThatThrownBy(() -> read(AwsService.S3, S3Client.class, head, "")).hasMessageContaining("x-amz-colour");
    }

    @Test
    void restXmlReadsHeadersOfEveryType() {
        RequestHead head = head("GET", "/b/k%2Bx", "versionId=v&partNumber=3&response-content-type=text%2Fplain");
        head.headers()
                .add("Range", "bytes=0-1")
                .add("If-Modified-Since", "Sun, 22 Nov 2026 10:11:12 GMT")
                .add("x-amz-checksum-mode", "ENABLED");

        GetObjectRequest request = (GetObjectRequest) read(AwsService.S3, S3Client.class, head, "");

        assertThat(request.key()).isEqualTo("k+x");
        assertThat(request.partNumber()).isEqualTo(3);
        assertThat(request.responseContentType()).isEqualTo("text/plain");
        assertThat(request.ifModifiedSince()).isEqualTo(Instant.parse("2026-11-22T10:11:12Z"));
    }

    @Test
    void restXmlReadsNestedAndFlattenedLists() {
        PutBucketNotificationConfigurationRequest request = (PutBucketNotificationConfigurationRequest)
                read(AwsService.S3, S3Client.class, head("PUT", "/b", "notification"), """
                <NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <QueueConfiguration><Id>1</Id><Queue>arn:q</Queue><Event>s3:ObjectCreated:*</Event>
                    <Event>s3:ObjectRemoved:*</Event></QueueConfiguration>
                  <CloudFunctionConfiguration><CloudFunction>arn:f</CloudFunction><Event>s3:ObjectCreated:Put</Event>
                    <Filter><S3Key><FilterRule><Name>prefix</Name><Value>a &amp; b/</Value></FilterRule></S3Key></Filter>
                  </CloudFunctionConfiguration>
                </NotificationConfiguration>""");

        var configuration = request.notificationConfiguration();
        assertThat(configuration.queueConfigurations().getFirst().events())
                .containsExactly(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);
        var function = configuration.lambdaFunctionConfigurations().getFirst();
        assertThat(function.lambdaFunctionArn()).isEqualTo("arn:f");
        assertThat(function.filter().key().filterRules().getFirst().value()).isEqualTo("a & b/");
    }

    @Test
    void restXmlReadsAttributes() {
        PutBucketAclRequest request =
                (PutBucketAclRequest) read(AwsService.S3, S3Client.class, head("PUT", "/b", "acl"), """
                <AccessControlPolicy><AccessControlList><Grant>
                  <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>i</ID>
                  </Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>""");

        var grant = request.accessControlPolicy().grants().getFirst();
        assertThat(grant.grantee().typeAsString()).isEqualTo("CanonicalUser");
        assertThat(grant.permissionAsString()).isEqualTo("READ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete><Object><Key>a</Key></Object>",
                "<Other/>",
                "<Delete><Colour/></Delete>",
                "not xml",
                "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><Delete><Object><Key>&b;</Key></Object>"
                        + "</Delete>"
            })
    void xmlThatIsNoSuchRequestIsMalformed(String body) {
        assertThatThrownBy(() -> read(AwsService.S3, S3Client.class, head("POST", "/b", "delete"), body))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedXML"));
    }

    @Test
    void xmlKeysKeepTheirBlanks() {
        DeleteObjectsRequest request = (DeleteObjectsRequest) read(
                AwsService.S3,
                S3Client.class,
                head("POST", "/b", "delete"),
                "<Delete><Object><Key> a &#10;</Key></Object><Quiet>true</Quiet></Delete>");

        assertThat(request.delete().objects().getFirst().key()).isEqualTo(" a \n");
        assertThat(request.delete().quiet()).isTrue();
    }

    @Test
    void anAnswerIsXmlUnderItsRoot() {
        Answer answer = write(AwsService.S3, S3Client.class, head("GET", "/b", "list-type=2"), listing());

        assertThat(text(answer))
                .endsWith("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<IsTruncated>false</IsTruncated>"
                        + "<Contents><Key>a &lt;&amp;&gt;+ü&#x1;</Key>"
                        + "<LastModified>2026-11-22T10:11:12.000Z</LastModified>"
                        + "<ETag>&quot;e&quot;</ETag><Size>5</Size></Contents>"
                        + "<Name>b</Name><CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes></ListBucketResult>");
        assertThat(answer.headers().first("content-type")).contains("application/xml");
    }

    @Test
    void encodingTypeUrlEncodesTheKeysOfAListing() {
        Answer answer =
                write(AwsService.S3, S3Client.class, head("GET", "/b", "list-type=2&encoding-type=url"), listing());

        assertThat(text(answer))
                .contains("<Key>a%20%3C%26%3E%2B%C3%BC%01</Key>")
                .contains("<Prefix>p/</Prefix>")
                .contains("<EncodingType>url</EncodingType>");
    }

    @Test
    void theLocationOfABucketIsTheRootsOwnText() {
        Answer answer = write(
                AwsService.S3,
                S3Client.class,
                head("GET", "/b", "location"),
                GetBucketLocationResponse.builder().build());

        assertThat(text(answer))
                .endsWith(
                        "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>");
    }

    @Test
    void headersOfAnAnswerAreSafeToSend() {
        HeadObjectResponse response = HeadObjectResponse.builder()
                .contentLength(7L)
                .lastModified(Instant.parse("2026-11-02T10:11:12Z"))
                .metadata(Map.of("name", "Jürgen"))
                .build();

        Answer answer = write(AwsService.S3, S3Client.class, head("HEAD", "/b/k", ""), response);

        assertThat(answer.headers().first("last-modified")).contains("Mon, 02 Nov 2026 10:11:12 GMT");
        assertThat(answer.headers().first("x-amz-meta-name")).contains("=?UTF-8?B?SsO8cmdlbg==?=");
        assertThatThrownBy(() -> write(
                        AwsService.S3,
                        S3Client.class,
                        head("HEAD", "/b/k", ""),
                        HeadObjectResponse.builder()
                                .contentType("a\r\nSet-Cookie: x")
                                .build()))
                .hasMessageContaining("cannot be sent in a header");
    }

    @Test
    void anS3ErrorIsXmlWithTheResource() {
        Answer answer = AwsService.S3
                .protocol(S3Client.class)
                .error(head("GET", "/b/<k>", ""), WireError.refusal(404, "NoSuchKey", "No <key>."), "request-1");

        assertThat(text(answer))
                .contains(
                        "<Error><Code>NoSuchKey</Code><Message>No &lt;key&gt;.</Message><Resource>/b/&lt;k&gt;</Resource>"
                                + "<RequestId>request-1</RequestId>");
        assertThat(answer.headers().first("x-amz-request-id")).contains("request-1");
    }

    @Test
    void awsQueryReadsDottedNames() {
        CreateRoleRequest request = (CreateRoleRequest) read(
                AwsService.IAM,
                IamClient.class,
                head("POST", "/", ""),
                "Action=CreateRole&Version=2010-05-08&RoleName=r+1&MaxSessionDuration=3600"
                        + "&Tags.member.2.Key=b&Tags.member.2.Value=2&Tags.member.1.Key=a&Tags.member.1.Value=%26");

        assertThat(request.roleName()).isEqualTo("r 1");
        assertThat(request.maxSessionDuration()).isEqualTo(3600);
        assertThat(request.tags())
                .containsExactly(
                        Tag.builder().key("a").value("&").build(),
                        Tag.builder().key("b").value("2").build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=CreateRole&Colour=1",
                "Action=CreateRole&Tags.member.0.Key=a",
                "Action=CreateRole&Tags.member.x.Key=a",
                "Action=CreateRole&a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r=1"
            })
    void aFormThatIsNoSuchRequestIsMalformed(String form) {
        assertThatThrownBy(() -> read(AwsService.IAM, IamClient.class, head("POST", "/", ""), form))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedQueryString"));
    }

    @Test
    void awsQueryAnswersWithinResultAndMetadata() {
        Protocol protocol = AwsService.IAM.protocol(IamClient.class);
        Call call = protocol.find(head("POST", "/", ""), bytes("Action=CreateRole"));

        Answer answer = protocol.write(
                call,
                head("POST", "/", ""),
                CreateRoleResponse.builder()
                        .role(Role.builder().roleName("r").build())
                        .build(),
                "request-1");

        assertThat(text(answer))
                .endsWith("<CreateRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><CreateRoleResult>"
                        + "<Role><RoleName>r</RoleName></Role></CreateRoleResult>"
                        + "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></CreateRoleResponse>");
    }

    @Test
    void anAwsQueryAnswerWithoutMembersStillHasItsResult() {
        Protocol protocol = AwsService.IAM.protocol(IamClient.class);
        Call call = protocol.find(head("POST", "/", ""), bytes("Action=UpdateRole"));

        Answer answer = protocol.write(
                call, head("POST", "/", ""), UpdateRoleResponse.builder().build(), "request-1");

        assertThat(text(answer)).contains("<UpdateRoleResult></UpdateRoleResult>");
    }

    private static ListObjectsV2Response listing() {
        return ListObjectsV2Response.builder()
                .isTruncated(false)
                .name("b")
                .contents(List.of(S3Object.builder()
                        .key("a <&>+ü\u0001")
                        .lastModified(Instant.parse("2026-11-22T10:11:12Z"))
                        .eTag("\"e\"")
                        .size(5L)
                        .build()))
                .commonPrefixes(CommonPrefix.builder().prefix("p/").build())
                .build();
    }

    private static Object read(AwsService service, Class<?> client, RequestHead head, String body) {
        Protocol protocol = service.protocol(client);
        return protocol.read(protocol.find(head, bytes(body)), head, bytes(body));
    }

    private static Answer write(
            AwsService service, Class<?> client, RequestHead head, software.amazon.awssdk.core.SdkResponse response) {
        Protocol protocol = service.protocol(client);
        return protocol.write(protocol.find(head, new byte[0]), head, response, "request-1");
    }

    private static RequestHead target(String target) {
        RequestHead head = head("POST", "/", "");
        head.headers().add("X-Amz-Target", target).add("Content-Type", "application/x-amz-json-1.1");
        return head;
    }

    private static RequestHead head(String method, String path, String query) {
        return new RequestHead(method, path, Query.parse(query), new Headers());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
