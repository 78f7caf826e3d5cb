"""What a data engineer does from Python, with the genuine boto3, against a running Feedline.

Ends with "boto3: all steps passed", or with the exception of the first step that does not do what it should.
"""
import hashlib
import json
import os
import sys
import time

import boto3
from botocore.exceptions import ClientError

ORDERS = sys.argv[1]


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ClientError as error:
        assert code in str(error), f"expected {code}, was {error}"
    else:
        raise AssertionError(f"{call} should have been refused with {code}")


s3 = boto3.client("s3")
s3.create_bucket(Bucket="boto-bucket")
body = os.urandom(20 * 1024 * 1024)
s3.upload_fileobj(__import__("io").BytesIO(body), "boto-bucket", "multi/part")  # above boto3's multipart threshold
back = s3.get_object(Bucket="boto-bucket", Key="multi/part")["Body"].read()
assert hashlib.sha256(back).digest() == hashlib.sha256(body).digest()
assert s3.get_object(Bucket="boto-bucket", Key="multi/part", Range="bytes=5-9")["Body"].read() == body[5:10]
s3.put_object(Bucket="boto-bucket", Key="once", Body=b"1", IfNoneMatch="*")
refused("PreconditionFailed", s3.put_object, Bucket="boto-bucket", Key="once", Body=b"2", IfNoneMatch="*")
assert [o["Key"] for o in s3.list_objects_v2(Bucket="boto-bucket")["Contents"]] == ["multi/part", "once"]
s3.delete_objects(Bucket="boto-bucket", Delete={"Objects": [{"Key": "multi/part"}, {"Key": "once"}]})
s3.delete_bucket(Bucket="boto-bucket")

kinesis = boto3.client("kinesis")
kinesis.create_stream(StreamName="boto", ShardCount=2)
kinesis.get_waiter("stream_exists").wait(StreamName="boto")
put = kinesis.put_records(
    StreamName="boto", Records=[{"Data": f"r{i}".encode(), "PartitionKey": str(i)} for i in range(100)])
assert put["FailedRecordCount"] == 0
read = []
for shard in kinesis.list_shards(StreamName="boto")["Shards"]:
    iterator = kinesis.get_shard_iterator(
        StreamName="boto", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    read += [r["Data"] for r in kinesis.get_records(ShardIterator=iterator)["Records"]]
assert sorted(read) == sorted(f"r{i}".encode() for i in range(100))
kinesis.delete_stream(StreamName="boto")

assert "feedline-orders" in boto3.client("firehose").list_delivery_streams()["DeliveryStreamNames"]
functions = boto3.client("lambda")
assert "feedline-ingest" in [f["FunctionName"] for f in functions.list_functions()["Functions"]]
answer = functions.invoke(FunctionName="feedline-convert", Payload=json.dumps({"Records": []}).encode())
assert answer["StatusCode"] == 200 and json.loads(answer["Payload"].read()) == "NO_FEED"
queues = boto3.client("sqs").list_queues()["QueueUrls"]
assert any("sf-snowpipe" in url for url in queues), queues
assert boto3.client("sts").get_caller_identity()["Account"] == "000000000000"

# A feed file put by hand ends as a Parquet object in the lake, through a job run that succeeded.
s3.upload_file(ORDERS, "feedline-source", "orders/from-boto3.jsonl")
glue = boto3.client("glue")
deadline = time.time() + 60
while True:
    lake = s3.list_objects_v2(Bucket="feedline-lake", Prefix="data/orders/").get("Contents", [])
    runs = glue.get_job_runs(JobName="feedline-json-to-parquet")["JobRuns"]
    if lake and any(run["JobRunState"] == "SUCCEEDED" for run in runs):
        break
    assert time.time() < deadline, (lake, runs)
    time.sleep(0.2)

wrong = boto3.client("s3", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="w" * 40)
refused("SignatureDoesNotMatch", wrong.list_buckets)
refused("NotImplemented", s3.put_bucket_website, Bucket="feedline-source",
        WebsiteConfiguration={"IndexDocument": {"Suffix": "i"}})
print("boto3: all steps passed")
