-- One script for every genuine driver, in statements that a real account takes. Below each statement stand the rows it
-- answers, a line each after "--> "; "--~ " lines are awaited, because pipes load by themselves.

create or replace database demo comment = 'one script';
--> Database DEMO successfully created.

create schema if not exists demo.raw;
--> Schema RAW successfully created.

use schema demo.raw;
--> Statement executed successfully.

create or replace file format json_lines type = json;
--> File format JSON_LINES successfully created.

create storage integration if not exists lake type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'arn:aws:iam::000000000000:role/lake' storage_allowed_locations = ('s3://script-lake/');
--> Integration LAKE successfully created.

create or replace stage landed url = 's3://script-lake/data/' storage_integration = lake file_format = (format_name = 'json_lines');
--> Stage area LANDED successfully created.

create or replace table orders (id number(38,0) not null, customer varchar(20), amount number(12,2), tags variant, placed timestamp_ntz, primary key (id)) cluster by (placed) comment = 'what was bought';
--> Table ORDERS successfully created.

copy into orders from @landed/copied/ pattern = '.*[.]jsonl' match_by_column_name = case_insensitive;
--> s3://script-lake/data/copied/1.jsonl|LOADED|3|3|1|0|null|null|null|null

copy into orders from @landed/copied/ pattern = '.*[.]jsonl' match_by_column_name = case_insensitive;
--> Copy executed with 0 files processed.

select id, customer, amount, to_char(placed, 'YYYY-MM-DD HH24:MI') from orders order by id;
--> 1|ann|10.50|2026-01-02 03:04
--> 2|bob|7.25|2026-01-02 04:00
--> 3|ann|0.99|2026-01-03 00:00

select id, tags:kind::varchar, tags:sizes[0]::number from orders where tags:kind::varchar is not null order by id;
--> 1|book|3
--> 3|pen|null

select o.id, s.index, s.value::number from orders o, lateral flatten(input => o.tags:sizes) s order by 1, 2;
--> 1|0|3
--> 1|1|5

select customer, id from orders qualify row_number() over (partition by customer order by amount desc) = 1 order by customer;
--> ann|1
--> bob|2

merge into orders t using (select column1 id, column2 amount from values (2, 8.00), (9, 1.00)) s on t.id = s.id when matched then update set amount = s.amount when not matched then insert (id, customer, amount) values (s.id, 'new', s.amount);
--> 1|1

select listagg(id || ':' || amount, ', ') within group (order by id), count(distinct customer), sum(iff(amount > 5, 1, 0)) from orders;
--> 1:10.50, 2:8.00, 3:0.99, 9:1.00|3|2

create or replace table piped (id number, customer varchar, amount number(12,2));
--> Table PIPED successfully created.

create pipe if not exists into_piped auto_ingest = true as copy into piped from @landed/piped/ file_format = (type = json) match_by_column_name = case_insensitive;
--> Pipe INTO_PIPED successfully created.

alter pipe into_piped refresh;
--> piped/2.jsonl|SENT

select id, customer, amount from piped order by id;
--~ 11|eve|1.10
--~ 12|dan|2.20

select parse_json(system$pipe_status('demo.raw.into_piped')):executionState::varchar;
--> RUNNING

select file_name, status, row_count, error_count from table(information_schema.copy_history(table_name => 'piped', start_time => dateadd(hour, -1, current_timestamp())));
--~ piped/2.jsonl|Loaded|2|0

select schema_name, table_name, status, row_count, row_parsed, error_count from information_schema.load_history;
--> RAW|ORDERS|LOADED|3|3|0

select * from table(information_schema.validate_pipe_load(pipe_name => 'demo.raw.into_piped', start_time => dateadd(hour, -1, current_timestamp())));

alter pipe into_piped set pipe_execution_paused = true;
--> Statement executed successfully.

select parse_json(system$pipe_status('into_piped')):executionState::varchar;
--> PAUSED

select column_name, data_type, is_nullable from information_schema.columns where table_name = 'ORDERS' order by ordinal_position;
--> ID|NUMBER|NO
--> CUSTOMER|TEXT|YES
--> AMOUNT|NUMBER|YES
--> TAGS|VARIANT|YES
--> PLACED|TIMESTAMP_NTZ|YES

begin;
--> Statement executed successfully.

delete from orders where id = 9;
--> 1

rollback;
--> Statement executed successfully.

select count(*) from orders;
--> 4

select * from no_such_table;
--! 002003

drop database demo;
--> DEMO successfully dropped.
