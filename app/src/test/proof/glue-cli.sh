#!/usr/bin/env bash
# What a data engineer types for Glue, with the genuine AWS CLI, against a running Feedline (AWS_ENDPOINT_URL and keys
# are set). Ends with "glue-cli: all steps passed", or at the first step that does not do what it should.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "${0%/*}/expect.sh"
await() { # await TEXT COMMAND…: runs it until it says so
  local wanted=$1 said deadline=$((SECONDS + 120))
  shift
  while true; do
    said=$("$@") || fail "$*"
    [[ $said == *"$wanted"* ]] && return 0
    ((SECONDS < deadline)) || fail "$* should have come to say '$wanted', says: $said"
    sleep 0.2
  done
}

echo "a role, and a job with it"
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
role=$(aws iam create-role --role-name cli-glue --assume-role-policy-document "$trust" --query Role.Arn --output text)
[[ $role == arn:aws:iam::000000000000:role/cli-glue ]] || fail "the role is $role"
aws iam attach-role-policy --role-name cli-glue --policy-arn arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole
expect "sts:AssumeRole" aws iam get-role --role-name cli-glue
refused "EntityAlreadyExists" aws iam create-role --role-name cli-glue --assume-role-policy-document "$trust"
refused "MalformedPolicyDocument" aws iam put-role-policy --role-name cli-glue --policy-name p --policy-document '{}'
refused "DeleteConflict" aws iam delete-role --role-name cli-glue
expect "cli-job" aws glue create-job --name cli-job --role "$role" --worker-type G.1X --number-of-workers 2 \
  --command Name=glueetl,ScriptLocation=feedline:builtin/json-to-parquet --default-arguments '{"--stage":"test"}'
expect '"MaxCapacity": 2.0' aws glue get-job --job-name cli-job
refused "AlreadyExistsException" aws glue create-job --name cli-job --role r --command Name=glueetl,ScriptLocation=feedline:builtin/json-to-parquet
refused "no Python" aws glue create-job --name py --role r --command Name=glueetl,ScriptLocation=s3://scripts/job.py
refused "Please do not set Max Capacity" aws glue create-job --name both --role r --max-capacity 2 --worker-type G.1X \
  --number-of-workers 2 --command Name=glueetl,ScriptLocation=feedline:builtin/json-to-parquet

echo "a run, to its end"
run=$(aws glue start-job-run --job-name cli-job --query JobRunId --output text)
[[ $run == jr_* ]] || fail "the run is $run"
await SUCCEEDED aws glue get-job-run --job-name cli-job --run-id "$run" --query JobRun.JobRunState --output text
expect "$run" aws glue get-job-runs --job-name cli-job --max-items 1
expect "JobRunInvalidStateTransitionException" aws glue batch-stop-job-run --job-name cli-job --job-run-ids "$run"
refused "EntityNotFoundException" aws glue get-job-run --job-name cli-job --run-id jr_none
refused "EntityNotFoundException" aws glue start-job-run --job-name none
refused "EntityNotFoundException" aws glue get-job-bookmark --job-name cli-job
aws glue reset-job-bookmark --job-name cli-job >"$work/said"
expect "cli-job" aws glue get-job-bookmark --job-name cli-job
aws glue update-job --job-name cli-job --job-update "Role=$role,Timeout=30,Command={Name=glueetl,ScriptLocation=feedline:builtin/json-to-parquet}" >"$work/said"
expect '"Timeout": 30' aws glue get-job --job-name cli-job
aws glue delete-job --job-name cli-job >"$work/said"
refused "EntityNotFoundException" aws glue get-job --job-name cli-job

echo "databases, tables, partitions"
aws glue create-database --database-input Name=cli_sales
refused "AlreadyExistsException" aws glue create-database --database-input Name=cli_sales
aws glue create-table --database-name cli_sales --table-input '{"Name":"orders","PartitionKeys":[{"Name":"day","Type":"date"}],
  "StorageDescriptor":{"Columns":[{"Name":"id","Type":"bigint"}],"Location":"s3://lake/orders/"}}'
for day in 1 2 3; do
  aws glue create-partition --database-name cli_sales --table-name orders \
    --partition-input "Values=2026-11-0$day,StorageDescriptor={Location=s3://lake/orders/day=2026-11-0$day/}"
done
refused "AlreadyExistsException" aws glue create-partition --database-name cli_sales --table-name orders --partition-input Values=2026-11-01
got=$(aws glue get-partitions --database-name cli_sales --table-name orders --expression "day > '2026-11-01'" --query 'length(Partitions)')
[[ $got == 2 ]] || fail "the expression chose $got partitions"
expect "orders" aws glue search-tables --search-text orders
aws glue delete-partition --database-name cli_sales --table-name orders --partition-values 2026-11-02
refused "EntityNotFoundException" aws glue get-partition --database-name cli_sales --table-name orders --partition-values 2026-11-02
refused "NotImplemented" aws glue create-trigger --name t --type ON_DEMAND --actions JobName=x

echo "a crawler"
aws s3 mb s3://cli-lake
printf '{"id": 1, "amount": 2.50}\n' | aws s3 cp --no-progress - "s3://cli-lake/sales/year=2025/a.jsonl"
printf '{"id": 2, "amount": 3, "note": "x"}\n' | aws s3 cp --no-progress - "s3://cli-lake/sales/year=2026/a.jsonl"
aws glue create-crawler --name cli-crawler --role "$role" --database-name cli_sales --targets '{"S3Targets":[{"Path":"s3://cli-lake/sales/"}]}'
refused "CrawlerNotRunningException" aws glue stop-crawler --name cli-crawler
aws glue start-crawler --name cli-crawler
await READY aws glue get-crawler --name cli-crawler --query Crawler.State --output text
expect "SUCCEEDED" aws glue get-crawler --name cli-crawler
expect "decimal(38,2)" aws glue get-table --database-name cli_sales --name sales
got=$(aws glue get-partitions --database-name cli_sales --table-name sales --query 'sort(Partitions[].Values[0])' --output text)
[[ $got == $'2025\t2026' ]] || fail "the crawler's partitions are $got"
expect '"TablesCreated": 1' aws glue get-crawler-metrics --crawler-name-list cli-crawler
aws glue delete-crawler --name cli-crawler
refused "EntityNotFoundException" aws glue get-crawler --name cli-crawler

aws glue delete-database --name cli_sales
refused "EntityNotFoundException" aws glue get-table --database-name cli_sales --name orders
aws iam detach-role-policy --role-name cli-glue --policy-arn arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole
aws iam delete-role --role-name cli-glue
refused "NoSuchEntity" aws iam get-role --role-name cli-glue
aws s3 rm --recursive --quiet s3://cli-lake
aws s3 rb s3://cli-lake
echo "glue-cli: all steps passed"
