"""What a data engineer does with Glue and IAM from Python, with the genuine boto3, against a running Feedline.

Ends with "glue-boto3: all steps passed", or with the exception of the first step that does not do what it should.
"""
import json
import time

import boto3

glue = boto3.client("glue")
iam = boto3.client("iam")
s3 = boto3.client("s3")


def refused(exception, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except exception as error:
        return str(error)
    raise AssertionError(f"{call} should have been refused with {exception}")


def wait(what, until):
    deadline = time.time() + 120
    while True:
        seen = what()
        if until(seen):
            return seen
        assert time.time() < deadline, seen
        time.sleep(0.1)


# Roles: what boto3 reads back is what it wrote.
trust = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
role = iam.create_role(RoleName="boto-glue", AssumeRolePolicyDocument=json.dumps(trust),
                       Tags=[{"Key": "team", "Value": "data"}])["Role"]
assert role["AssumeRolePolicyDocument"] == trust, role
reading = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
for number in range(3):
    iam.put_role_policy(RoleName="boto-glue", PolicyName=f"p{number}", PolicyDocument=json.dumps(reading))
pages = iam.get_paginator("list_role_policies").paginate(RoleName="boto-glue", PaginationConfig={"PageSize": 2})
assert [name for page in pages for name in page["PolicyNames"]] == ["p0", "p1", "p2"]
assert iam.get_role_policy(RoleName="boto-glue", PolicyName="p1")["PolicyDocument"] == reading
assert "boto-glue" in [r["RoleName"] for page in iam.get_paginator("list_roles").paginate() for r in page["Roles"]]
refused(iam.exceptions.EntityAlreadyExistsException, iam.create_role, RoleName="boto-glue",
        AssumeRolePolicyDocument=json.dumps(trust))
refused(iam.exceptions.MalformedPolicyDocumentException, iam.update_assume_role_policy, RoleName="boto-glue",
        PolicyDocument="{}")
refused(iam.exceptions.DeleteConflictException, iam.delete_role, RoleName="boto-glue")
refused(iam.exceptions.NoSuchEntityException, iam.get_role, RoleName="none")

# Jobs and runs.
builtin = {"Name": "glueetl", "ScriptLocation": "feedline:builtin/json-to-parquet"}
for number in range(3):
    glue.create_job(Name=f"boto-{number}", Role=role["Arn"], Command=builtin, Tags={"of": "boto"})
pages = glue.get_paginator("get_jobs").paginate(PaginationConfig={"PageSize": 1})
assert {"boto-0", "boto-1", "boto-2"} <= {job["Name"] for page in pages for job in page["Jobs"]}
assert glue.list_jobs(Tags={"of": "boto"})["JobNames"] == ["boto-0", "boto-1", "boto-2"]
job = glue.get_job(JobName="boto-0")["Job"]
assert (job["Timeout"], job["MaxRetries"], job["GlueVersion"], job["MaxCapacity"]) == (480, 0, "6.0", 10.0), job
first = glue.start_job_run(JobName="boto-0", Arguments={"--note": "first"})["JobRunId"]
ends = ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT")
state = lambda run: glue.get_job_run(JobName="boto-0", RunId=run)["JobRun"]
ended = wait(lambda: state(first), lambda run: run["JobRunState"] in ends)
assert ended["JobRunState"] == "SUCCEEDED" and ended["Arguments"] == {"--note": "first"}, ended
second = glue.start_job_run(JobName="boto-0", WorkerType="G.2X", NumberOfWorkers=3)["JobRunId"]
assert wait(lambda: state(second), lambda run: run["JobRunState"] in ends)["MaxCapacity"] == 6.0
pages = glue.get_paginator("get_job_runs").paginate(JobName="boto-0", PaginationConfig={"PageSize": 1})
assert [run["Id"] for page in pages for run in page["JobRuns"]] == [second, first]
stopped = glue.batch_stop_job_run(JobName="boto-0", JobRunIds=[second, "jr_none"])
assert {error["JobRunId"] for error in stopped["Errors"]} == {second, "jr_none"}, stopped
refused(glue.exceptions.EntityNotFoundException, glue.get_job_bookmark, JobName="boto-0")
assert glue.reset_job_bookmark(JobName="boto-0")["JobBookmarkEntry"]["JobBookmark"] == "{}"
refused(glue.exceptions.AlreadyExistsException, glue.create_job, Name="boto-0", Role="r", Command=builtin)
said = refused(glue.exceptions.InvalidInputException, glue.create_job, Name="b", Role="r", Command=builtin,
               Connections={"Connections": ["warehouse"]})
assert "Connections" in said and "not supported by Feedline" in said, said
refused(glue.exceptions.InvalidInputException, glue.create_job, Name="b", Role="r", Command=builtin,
        WorkerType="G.1X")

# The catalogue, page by page.
glue.create_database(DatabaseInput={"Name": "boto_sales"})
columns = [{"Name": "id", "Type": "bigint"}]
for number in range(5):
    glue.create_table(DatabaseName="boto_sales", TableInput={
        "Name": f"t{number}", "PartitionKeys": [{"Name": "n", "Type": "int"}],
        "StorageDescriptor": {"Columns": columns, "Location": f"s3://lake/t{number}/"}})
pages = glue.get_paginator("get_tables").paginate(DatabaseName="boto_sales", PaginationConfig={"PageSize": 2})
assert [table["Name"] for page in pages for table in page["TableList"]] == ["t0", "t1", "t2", "t3", "t4"]
wrong = glue.batch_create_partition(DatabaseName="boto_sales", TableName="t0", PartitionInputList=[
    {"Values": [str(n)], "StorageDescriptor": {"Columns": columns}} for n in range(50)] + [{"Values": ["1"]}])
assert [error["ErrorDetail"]["ErrorCode"] for error in wrong["Errors"]] == ["AlreadyExistsException"], wrong
pages = glue.get_paginator("get_partitions").paginate(
    DatabaseName="boto_sales", TableName="t0", Expression="n BETWEEN 10 AND 30", PaginationConfig={"PageSize": 4})
assert sorted(int(one["Values"][0]) for page in pages for one in page["Partitions"]) == list(range(10, 31))
glue.create_partition_index(DatabaseName="boto_sales", TableName="t0", PartitionIndex={
    "IndexName": "by_n", "Keys": ["n"]})
indexes = glue.get_partition_indexes(DatabaseName="boto_sales", TableName="t0")["PartitionIndexDescriptorList"]
assert [index["IndexStatus"] for index in indexes] == ["ACTIVE"], indexes
table = glue.get_table(DatabaseName="boto_sales", Name="t1")["Table"]
glue.update_table(DatabaseName="boto_sales", TableInput={"Name": "t1", "Description": "new"}, VersionId=table["VersionId"])
refused(glue.exceptions.ConcurrentModificationException, glue.update_table, DatabaseName="boto_sales",
        TableInput={"Name": "t1"}, VersionId=table["VersionId"])

# A crawler, from bytes to a table.
s3.create_bucket(Bucket="boto-lake")
for year in (2025, 2026):
    s3.put_object(Bucket="boto-lake", Key=f"orders/year={year}/a.csv", Body=b"id,part,at\n1,007,2026-11-27\n")
glue.create_crawler(Name="boto", Role=role["Arn"], DatabaseName="boto_sales", TablePrefix="raw_",
                    Targets={"S3Targets": [{"Path": "s3://boto-lake/orders", "Exclusions": ["**.tmp"]}]})
glue.start_crawler(Name="boto")
crawler = wait(lambda: glue.get_crawler(Name="boto")["Crawler"], lambda one: one["State"] == "READY")
assert crawler["LastCrawl"]["Status"] == "SUCCEEDED", crawler
table = glue.get_table(DatabaseName="boto_sales", Name="raw_orders")["Table"]
found = {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]}
assert found == {"id": "bigint", "part": "string", "at": "date"}, found
assert table["PartitionKeys"] == [{"Name": "year", "Type": "string"}], table
refused(glue.exceptions.CrawlerNotRunningException, glue.stop_crawler, Name="boto")
assert [one["Name"] for page in glue.get_paginator("get_crawlers").paginate() for one in page["Crawlers"]] == ["boto"]

glue.delete_crawler(Name="boto")
glue.delete_database(Name="boto_sales")
for number in range(3):
    glue.delete_job(JobName=f"boto-{number}")
    iam.delete_role_policy(RoleName="boto-glue", PolicyName=f"p{number}")
iam.delete_role(RoleName="boto-glue")
for page in s3.get_paginator("list_objects_v2").paginate(Bucket="boto-lake"):
    s3.delete_objects(Bucket="boto-lake", Delete={"Objects": [{"Key": one["Key"]} for one in page["Contents"]]})
s3.delete_bucket(Bucket="boto-lake")
print("glue-boto3: all steps passed")
