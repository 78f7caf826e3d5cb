# What a data engineer declares around a Glue job. `changed` is the second state of the same things.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# Endpoint, region and keys come from the environment, as `feedline env` prints them.
provider "aws" {
  s3_use_path_style       = true
  skip_metadata_api_check = true
  default_tags {
    tags = { project = "orders" }
  }
}

variable "changed" {
  type    = bool
  default = false
}

resource "aws_s3_bucket" "scripts" {
  bucket        = "terraform-scripts"
  force_destroy = true
}

resource "aws_s3_object" "script" {
  bucket  = aws_s3_bucket.scripts.bucket
  key     = "totals.scala"
  content = "object Totals { def main(args: Array[String]): Unit = println(${var.changed ? 2 : 1}) }"
}

data "aws_iam_policy_document" "glue" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["glue.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "glue" {
  name                 = "totals-job"
  path                 = "/jobs/"
  description          = var.changed ? "runs the totals, longer" : "runs the totals"
  assume_role_policy   = data.aws_iam_policy_document.glue.json
  max_session_duration = var.changed ? 7200 : 3600
  tags                 = { team = var.changed ? "lake" : "data" }
}

data "aws_iam_policy_document" "lake" {
  statement {
    actions   = var.changed ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"]
    resources = ["arn:aws:s3:::feedline-lake/*"]
  }
}

resource "aws_iam_role_policy" "lake" {
  name   = "lake"
  role   = aws_iam_role.glue.name
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_iam_role_policy_attachment" "service" {
  role       = aws_iam_role.glue.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"
}

resource "aws_glue_catalog_database" "sales" {
  name         = "terraform_sales"
  description  = var.changed ? "sales, and what came of them" : "sales"
  location_uri = "s3://feedline-lake/sales/"
  parameters   = { owner = "data" }
}

resource "aws_glue_catalog_table" "orders" {
  name          = "orders"
  database_name = aws_glue_catalog_database.sales.name
  table_type    = "EXTERNAL_TABLE"
  owner         = "data"
  parameters    = { classification = "parquet", EXTERNAL = "TRUE" }

  partition_keys {
    name = "year"
    type = "int"
  }
  partition_keys {
    name = "country"
    type = "string"
  }

  storage_descriptor {
    location      = "s3://feedline-lake/sales/orders/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
    ser_de_info {
      name                  = "orders"
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
      parameters            = { "serialization.format" = "1" }
    }
    columns {
      name = "id"
      type = "bigint"
    }
    columns {
      name    = "amount"
      type    = "decimal(12,2)"
      comment = "with tax"
    }
    dynamic "columns" {
      for_each = var.changed ? ["note"] : []
      content {
        name = columns.value
        type = "string"
      }
    }
    sort_columns {
      column     = "id"
      sort_order = 1
    }
  }
}

resource "aws_glue_partition_index" "year" {
  database_name = aws_glue_catalog_database.sales.name
  table_name    = aws_glue_catalog_table.orders.name
  partition_index {
    index_name = "by_year"
    keys       = ["year"]
  }
}

resource "aws_glue_partition" "germany" {
  database_name    = aws_glue_catalog_database.sales.name
  table_name       = aws_glue_catalog_table.orders.name
  partition_values = ["2026", "de"]
  parameters       = { rows = var.changed ? "12" : "10" }
  storage_descriptor {
    location = "s3://feedline-lake/sales/orders/year=2026/country=de/"
    columns {
      name = "id"
      type = "bigint"
    }
  }
}

resource "aws_glue_job" "totals" {
  name                      = "terraform-totals"
  role_arn                  = aws_iam_role.glue.arn
  description               = "adds up"
  glue_version              = "6.0"
  worker_type               = var.changed ? "G.2X" : "G.1X"
  number_of_workers         = var.changed ? 4 : 2
  execution_class           = "STANDARD"
  max_retries               = 1
  timeout                   = var.changed ? 90 : 60
  default_arguments         = { "--job-language" = "scala", "--class" = "Totals", "--stage" = var.changed ? "b" : "a" }
  non_overridable_arguments = { "--lake" = "s3://feedline-lake" }
  tags                      = { team = "data" }

  command {
    script_location = "s3://${aws_s3_bucket.scripts.bucket}/${aws_s3_object.script.key}"
  }
  execution_property {
    max_concurrent_runs = var.changed ? 3 : 2
  }
}

# The least that a job may say: everything else is what Glue adds.
resource "aws_glue_job" "plain" {
  name     = "terraform-plain"
  role_arn = aws_iam_role.glue.arn
  command {
    script_location = "feedline:builtin/json-to-parquet"
  }
}

resource "aws_glue_crawler" "sales" {
  name          = "terraform-sales"
  role          = aws_iam_role.glue.arn
  database_name = aws_glue_catalog_database.sales.name
  description   = var.changed ? "finds more sales" : "finds sales"
  table_prefix  = "raw_"
  tags          = { team = "data" }

  s3_target {
    path       = "s3://${aws_s3_bucket.scripts.bucket}/sales/"
    exclusions = ["**.tmp"]
  }
  dynamic "s3_target" {
    for_each = var.changed ? ["returns"] : []
    content {
      path        = "s3://${aws_s3_bucket.scripts.bucket}/${s3_target.value}/"
      sample_size = 2
    }
  }
  schema_change_policy {
    delete_behavior = var.changed ? "DELETE_FROM_DATABASE" : "LOG"
  }
  configuration = jsonencode({
    Version       = 1.0
    CrawlerOutput = { Partitions = { AddOrUpdateBehavior = "InheritFromTable" } }
  })
}

output "job" {
  value = aws_glue_job.totals.arn
}
