/// Deployment: the definition turned into buckets, streams, functions, jobs, tables and pipes, through the SDK's
/// interfaces and Snowflake's SQL. Running it again changes nothing that is as it should be.
package dev.feedline.feeds.deployment;
