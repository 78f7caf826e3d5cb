package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS CLI and boto3, as they are, against the gateway.
@Tag("proof")
class OutsideToolsTest {
    @TempDir
    Path folder;

    TestGateway gateway;
    OutsideTool tool;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(folder);
        tool = new OutsideTool(gateway.endpoint(), TestGateway.KEY.secret(), folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theCliCopiesTwoHundredMegabytesBothWays() throws Exception {
        Path file = folder.resolve("big");
        Random random = new Random(11);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 200; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }

        ok(tool.run("aws", "s3", "mb", "s3://things"));
        ok(tool.run("aws", "s3", "cp", "--no-progress", "big", "s3://things/a b/ü/big"));
        ok(tool.run("aws", "s3", "cp", "--no-progress", "s3://things/a b/ü/big", "back"));

        assertThat(Files.mismatch(file, folder.resolve("back"))).isEqualTo(-1);
        assertThat(ok(tool.run("aws", "s3", "ls", "--recursive", "s3://things")))
                .contains("209715200 a b/ü/big");
        ok(tool.run("aws", "s3", "rm", "s3://things/a b/ü/big"));
        assertThat(gateway.s3.objects).isEmpty();
    }

    @Test
    void theCliSpeaksToEveryService() throws Exception {
        assertThat(ok(tool.run("aws", "sts", "get-caller-identity"))).contains("arn:aws:iam::000000000000:root");
        ok(tool.run(
                "aws", "kinesis", "put-records", "--stream-name", "s", "--records", "Data=aGVsbG8=,PartitionKey=k"));
        assertThat(ok(tool.run("aws", "kinesis", "get-records", "--shard-iterator", "it")))
                .contains("\"PartitionKey\": \"k\"");
        Files.writeString(folder.resolve("in.json"), "{\"a\":1}");
        assertThat(ok(tool.run(
                        "aws", "lambda", "invoke", "--function-name", "f", "--payload", "fileb://in.json", "out.json")))
                .contains("\"StatusCode\": 200");
        assertThat(folder.resolve("out.json")).content().contains("{\"a\":1}");
        assertThat(ok(tool.run(
                        "aws",
                        "sqs",
                        "send-message",
                        "--endpoint-url", // version 1 of the CLI sends SQS to AWS whatever AWS_ENDPOINT_URL says
                        gateway.endpoint().toString(),
                        "--queue-url",
                        gateway.endpoint() + "/000000000000/q",
                        "--message-body",
                        "hü")))
                .contains("id of h");
    }

    @Test
    void theCliSeesErrorsByTheirNames() throws Exception {
        OutsideTool wrong = new OutsideTool(gateway.endpoint(), "wrong", folder);

        assertThat(wrong.run("aws", "s3api", "list-buckets").output()).contains("SignatureDoesNotMatch");
        assertThat(wrong.run("aws", "kinesis", "list-streams").output()).contains("SignatureDoesNotMatch");
        assertThat(tool.run("aws", "kinesis", "list-streams").output()).contains("NotImplemented", "ListStreams");
        assertThat(tool.run("aws", "s3api", "get-bucket-acl", "--bucket", "b").output())
                .contains("NotImplemented", "GetBucketAcl");
        assertThat(tool.run("aws", "dynamodb", "list-tables").output()).contains("NotImplemented", "dynamodb");
        assertThat(tool.run("aws", "lambda", "get-function", "--function-name", "none")
                        .output())
                .contains("ResourceNotFoundException", "Function not found: none");
    }

    @Test
    void boto3UploadsChunkedWithTrailersAndSeesModelledErrors() throws Exception {
        String said = ok(tool.python("""
                import io, os
                from botocore.config import Config
                s3 = boto3.client('s3')
                s3.create_bucket(Bucket='things')
                body = os.urandom(300000)
                for algorithm in ('CRC32', 'SHA1', 'SHA256'):
                    s3.put_object(Bucket='things', Key='k', Body=io.BytesIO(body), ChecksumAlgorithm=algorithm)
                    assert s3.get_object(Bucket='things', Key='k')['Body'].read() == body
                signed = boto3.client('s3', config=Config(s3={'payload_signing_enabled': True}))
                signed.put_object(Bucket='things', Key='signed', Body=body)
                s3.put_object(Bucket='things', Key='a b/\\u00fc+?#[]', Body=b'')
                keys = [o['Key'] for o in s3.list_objects_v2(Bucket='things')['Contents']]
                assert 'a b/\\u00fc+?#[]' in keys, keys
                assert s3.get_object(Bucket='things', Key='k', Range='bytes=5-9')['Body'].read() == body[5:10]
                try:
                    s3.get_object(Bucket='things', Key='none')
                except s3.exceptions.NoSuchKey as e:
                    print('NoSuchKey', e.response['Error']['Message'])
                try:
                    s3.put_object(Bucket='things', Key='k', Body=b'x', IfNoneMatch='*')
                except Exception as e:
                    print(e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode'])
                try:
                    s3.put_object(Bucket='things', Key='bad', Body=b'x', ContentMD5='kAFQmDzST7DWlj99KOF/cg==')
                except Exception as e:
                    print(e.response['Error']['Code'])
                try:
                    s3.head_object(Bucket='things', Key='none')
                except Exception as e:
                    print('head', e.response['Error']['Code'])
                sqs = boto3.client('sqs')
                try:
                    sqs.get_queue_url(QueueName='none')
                except sqs.exceptions.QueueDoesNotExist as e:
                    print(e.response['Error']['Code'])
                s3.delete_objects(Bucket='things', Delete={'Objects': [{'Key': k} for k in keys]})
                import urllib.request
                s3.put_object(Bucket='things', Key='p q', Body=b'shared')
                url = s3.generate_presigned_url('get_object', Params={'Bucket': 'things', 'Key': 'p q'})
                print(urllib.request.urlopen(url).read())
                assert 'AWSAccessKeyId' in url, url  # boto3 presigns in version 2 unless told otherwise
                s3 = boto3.client('s3', config=Config(signature_version='s3v4'))
                url = s3.generate_presigned_url('get_object', Params={'Bucket': 'things', 'Key': 'p q'})
                assert 'X-Amz-Signature' in url, url
                print(urllib.request.urlopen(url).read())
                url = s3.generate_presigned_url('put_object', Params={'Bucket': 'things', 'Key': 'up'})
                urllib.request.urlopen(urllib.request.Request(url, data=b'there', method='PUT'))
                print(s3.get_object(Bucket='things', Key='up')['Body'].read())
                """));

        assertThat(said)
                .contains(
                        "NoSuchKey The specified key does not exist.",
                        "PreconditionFailed 412",
                        "BadDigest",
                        "head 404",
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "b'shared'",
                        "b'there'");
        assertThat(gateway.s3.objects).doesNotContainKey("things/bad");
    }

    private static String ok(OutsideTool.Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }
}
