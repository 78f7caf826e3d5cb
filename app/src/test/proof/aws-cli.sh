#!/usr/bin/env bash
# What a data engineer types, with the genuine AWS CLI, against a running Feedline (AWS_ENDPOINT_URL and keys are set).
# Ends with "aws-cli: all steps passed", or at the first step that does not do what it should.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "${0%/*}/expect.sh"
# Version 1 takes blobs as they are; version 2 has to be told so.
raw=()
[[ $(aws --version 2>&1) == aws-cli/1.* ]] || raw=(--cli-binary-format raw-in-base64-out)

echo "s3: a bucket, 200 MB both ways, listing, sync, removal"
aws s3 mb s3://proof-bucket
head -c 209715200 /dev/urandom >"$work/big"
aws s3 cp --no-progress "$work/big" "s3://proof-bucket/deep/ä b+c/big"
aws s3 cp --no-progress "s3://proof-bucket/deep/ä b+c/big" "$work/back"
cmp "$work/big" "$work/back" || fail "200 MB came back different"
expect "209715200" aws s3 ls "s3://proof-bucket/deep/ä b+c/"
mkdir -p "$work/tree/sub"
for i in 1 2 3; do echo "file $i" >"$work/tree/sub/$i.txt"; done
# S3 keeps whole seconds, so a file of this very second would look newer than its upload.
touch -d '1 hour ago' "$work"/tree/sub/*
aws s3 sync --no-progress "$work/tree" s3://proof-bucket/tree
[[ -z $(aws s3 sync --no-progress "$work/tree" s3://proof-bucket/tree) ]] || fail "a second sync sent something"
aws s3 sync --no-progress s3://proof-bucket/tree "$work/copy"
diff -r "$work/tree" "$work/copy" || fail "the synced tree differs"
url=$(aws s3 presign s3://proof-bucket/tree/sub/2.txt)
expect "file 2" curl -sS "$url"
aws s3 rm --recursive --quiet s3://proof-bucket
aws s3 rb s3://proof-bucket
refused "NoSuchBucket" aws s3 ls s3://proof-bucket

echo "kinesis: a stream, a record in, the record out"
aws kinesis create-stream --stream-name proof --shard-count 1
aws kinesis wait stream-exists --stream-name proof
expect "SequenceNumber" aws kinesis put-record --stream-name proof --partition-key p "${raw[@]}" --data 'hello stream'
iterator=$(aws kinesis get-shard-iterator --stream-name proof --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text)
expect "$(printf 'hello stream' | base64)" aws kinesis get-records --shard-iterator "$iterator"
aws kinesis delete-stream --stream-name proof

echo "the pipeline's own parts"
expect "feedline-orders" aws firehose list-delivery-streams
expect "feedline-ingest" aws lambda list-functions
aws lambda invoke --function-name feedline-convert "${raw[@]}" --payload '{"Records": []}' "$work/answer" >"$work/said"
expect "NO_FEED" cat "$work/answer"
expect "feedline-json-to-parquet" aws glue get-jobs
expect "JobRuns" aws glue get-job-runs --job-name feedline-json-to-parquet
# Version 1 of the CLI overrides AWS_ENDPOINT_URL for SQS with an address of its own; only the option beats it.
expect "sf-snowpipe" aws --endpoint-url "$AWS_ENDPOINT_URL" sqs list-queues
expect "000000000000" aws sts get-caller-identity

echo "refusals: a wrong key, and operations that do not exist here"
AWS_SECRET_ACCESS_KEY=wrongwrongwrongwrongwrongwrongwrongwrong refused "SignatureDoesNotMatch" aws s3 ls
AWS_SECRET_ACCESS_KEY=wrongwrongwrongwrongwrongwrongwrongwrong refused "Signature" aws kinesis list-streams
refused "PutBucketWebsite" aws s3api put-bucket-website --bucket feedline-source --website-configuration '{"IndexDocument":{"Suffix":"index.html"}}'
refused "SplitShard" aws kinesis split-shard --stream-name feedline-orders --shard-to-split shardId-000000000000 --new-starting-hash-key 1
echo "aws-cli: all steps passed"
