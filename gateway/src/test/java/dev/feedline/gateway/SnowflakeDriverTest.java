package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The genuine JDBC drivers as they are: values, binds, batches, transactions, errors, parameters.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnowflakeDriverTest {
    private TestDoor door;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        door = new TestDoor(folder);
        try (Connection connection = door.connect(JdbcDriver.CURRENT)) {
            run(connection, "create database shop");
            run(connection, "create table shop.public.places (city varchar)");
        }
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeArrives(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver);
                ResultSet row = query(
                        connection,
                        "select 12.50::number(10,2) n, 7 i, 1.5::float f, true b, 'ä''x' s, '2020-02-29'::date d,"
                                + " '10:11:12.5'::time t, '2020-02-29 10:11:12.123456'::timestamp_ntz ntz,"
                                + " '2020-02-29 10:11:12 +00:00'::timestamp_ltz ltz, parse_json('{\"a\":[1,2]}') v,"
                                + " null::varchar none")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBigDecimal("N")).isEqualTo(new BigDecimal("12.50"));
            assertThat(row.getObject("I")).isEqualTo(7L);
            assertThat(row.getDouble("F")).isEqualTo(1.5);
            assertThat(row.getBoolean("B")).isTrue();
            assertThat(row.getString("S")).isEqualTo("ä'x");
            assertThat(row.getString("D")).isEqualTo("2020-02-29");
            assertThat(row.getString("T")).isEqualTo("10:11:12");
            assertThat(row.getString("NTZ")).isEqualTo("2020-02-29 10:11:12.123");
            assertThat(row.getTimestamp("LTZ").toInstant()).isEqualTo(Instant.parse("2020-02-29T10:11:12Z"));
            assertThat(row.getString("V")).isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ]\n}");
            assertThat(row.getString("NONE")).isNull();
            assertThat(row.wasNull()).isTrue();
            ResultSetMetaData meta = row.getMetaData();
            assertThat(meta.getColumnType(1)).isEqualTo(Types.DECIMAL);
            assertThat(meta.getScale(1)).isEqualTo(2);
            assertThat(meta.getPrecision(1)).isEqualTo(10);
            assertThat(meta.getColumnTypeName(8)).isEqualTo("TIMESTAMPNTZ");
            assertThat(meta.getColumnTypeName(10)).isEqualTo("VARIANT");
            assertThat(row.next()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeCanBeBound(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            run(
                    connection,
                    "create or replace table bound (i int, n number(20,4), f float, b boolean, s varchar, d date, t time,"
                            + " ts timestamp_ntz, z timestamp_ltz, x binary, v variant)");
            Timestamp moment = Timestamp.from(Instant.parse("2020-02-29T10:11:12.123456Z"));
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into bound select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, parse_json(?)")) {
                insert.setLong(1, 42);
                insert.setBigDecimal(2, new BigDecimal("1234567890.1234"));
                insert.setDouble(3, 0.1);
                insert.setBoolean(4, true);
                insert.setString(5, "it's ü");
                insert.setDate(6, Date.valueOf("2020-02-29"));
                insert.setTime(7, Time.valueOf("10:11:12"));
                insert.setTimestamp(8, moment);
                insert.setTimestamp(9, moment);
                insert.setBytes(10, new byte[] {0, 1, (byte) 0xff});
                insert.setString(11, "{\"k\":12345678901234567890}");
                assertThat(insert.executeUpdate()).isEqualTo(1);
                for (int i = 1; i <= 11; i++) {
                    insert.setNull(i, Types.VARCHAR);
                }
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement select = connection.prepareStatement(
                            "select i, n, f, b, s, d, t, z, x, v:k::varchar from bound where i = ? and s = ?");
                    ResultSet row = bound(select, 42L, "it's ü").executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isEqualTo(42);
                assertThat(row.getBigDecimal(2)).isEqualTo(new BigDecimal("1234567890.1234"));
                assertThat(row.getDouble(3)).isEqualTo(0.1);
                assertThat(row.getBoolean(4)).isTrue();
                assertThat(row.getDate(6)).hasToString("2020-02-29");
                assertThat(row.getTime(7)).hasToString("10:11:12");
                assertThat(row.getTimestamp(8)).isEqualTo(moment);
                assertThat(row.getBytes(9)).isEqualTo(new byte[] {0, 1, (byte) 0xff});
                assertThat(row.getString(10)).isEqualTo("12345678901234567890");
                assertThat(select.getMetaData().getColumnCount()).isEqualTo(10);
                assertThat(select.getParameterMetaData().getParameterCount()).isEqualTo(2);
            }
            assertThat(one(connection, "select count(*) from bound where i is null and v is null and x is null"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBindThatATranslationSaysTwiceIsBoundOnce(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver);
                PreparedStatement select =
                        connection.prepareStatement("select greatest(?, 3), charindex(?, ?), nvl2(?, 'y', 'n')")) {
            bound(select, 5L, "b", "abc", "x");
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(List.of(row.getLong(1), row.getLong(2), row.getString(3)))
                        .isEqualTo(List.of(5L, 2L, "y"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchTravelsAsOneStatement(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            run(connection, "create or replace table batch (i int, s varchar, d date)");
            try (PreparedStatement insert = connection.prepareStatement("insert into batch values (?, ?, ?)")) {
                for (int i = 0; i < 3_000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, i % 2 == 0 ? null : "s" + i);
                    insert.setDate(3, Date.valueOf("2020-01-01"));
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(3_000).containsOnly(1);
            }
            assertThat(one(connection, "select count(*) || '/' || count(s) || '/' || sum(i) from batch"))
                    .isEqualTo("3000/1500/4498500");
            try (PreparedStatement insert = connection.prepareStatement("insert into batch values (?, ?, ?)")) {
                bound(insert, 1L, "x", "2020-01-01").addBatch();
                bound(insert, 1L, "x", "no date").addBatch();
                assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
            }
            assertThat(one(connection, "select count(*) from batch")).isEqualTo("3000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void transactionsAreTheConnections(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver);
                Connection other = in(driver)) {
            run(connection, "create or replace table t (a int)");
            connection.setAutoCommit(false);
            run(connection, "insert into t values (1)");
            assertThat(one(other, "select count(*) from t")).isEqualTo("0");
            connection.rollback();
            run(connection, "insert into t values (2)");
            connection.commit();
            assertThat(one(other, "select a from t")).isEqualTo("2");
            connection.setAutoCommit(true);
            run(connection, "insert into t values (3)");
            assertThat(one(other, "select count(*) from t")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void updateCountsAndKindsAreTheDrivers(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver);
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("create or replace table u (a int)")).isFalse();
            assertThat(statement.executeUpdate("insert into u values (1), (2), (3)"))
                    .isEqualTo(3);
            assertThat(statement.executeUpdate("update u set a = a + 1 where a > 1"))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate("delete from u where a = 1")).isEqualTo(1);
            assertThat(statement.execute("select * from u")).isTrue();
            assertThat(statement.executeUpdate("merge into u using (select 3 a union select 9) s on u.a = s.a"
                            + " when matched then update set a = 0 when not matched then insert (a) values (s.a)"))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate("drop table u")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveSnowflakesCodesAndStates(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            refused(connection, "select * from nosuch", 2003, "42S02");
            refused(connection, "selec 1", 1003, "42000");
            refused(connection, "select nope from places", 904, "42000");
            refused(connection, "select 'abc'::int", 100038, "22018");
            refused(connection, "create table places (a int)", 2002, "42710");
            assertThat(one(connection, "select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSessionsParametersReachTheDriverAndTheWarehouse(JdbcDriver driver) throws SQLException {
        String ltz = "select '2020-07-01 12:00:00 +00:00'::timestamp_ltz";
        try (Connection connection = in(driver, "TIMEZONE", "Europe/Berlin", "QUERY_TAG", "nightly")) {
            assertThat(one(connection, ltz + "::varchar")).startsWith("2020-07-01 14:00:00");
            assertThat(one(connection, ltz)).startsWith("2020-07-01 14:00:00.000 +0200");
            run(connection, "alter session set timezone = 'America/New_York', timestamp_ltz_output_format = 'HH24:MI'");
            assertThat(one(connection, ltz)).isEqualTo("08:00");
            run(connection, "alter session unset timestamp_ltz_output_format, timezone");
            assertThat(one(connection, ltz)).startsWith("2020-07-01 12:00:00.000 ");
            run(connection, "alter session set json_indent = 0");
            assertThat(one(connection, "select parse_json('{\"a\":[]}')")).isEqualTo("{\"a\":[]}");
            try (ResultSet rows = query(connection, "show parameters like 'QUERY%'")) {
                assertThat(rows.next()).isTrue();
                assertThat(List.of(rows.getString("key"), rows.getString("value"), rows.getString("level")))
                        .isEqualTo(List.of("QUERY_TAG", "nightly", "SESSION"));
            }
            run(connection, "alter session set week_start = 7");
            assertThat(one(connection, "select dayofweek('2024-01-07'::date)")).isEqualTo("1");
            refused(connection, "alter session set week_start = 8", 1008, "22023");
            refused(connection, "alter session set week_of_year_policy = 1", 1003, "0A000");
            refused(connection, "alter session set nonsense = 1", 1008, "22023");
            refused(connection, "alter session set timezone = 'Mars/Olympus'", 1008, "22023");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLoginsDatabaseSchemaAndRoleAreTheSessions(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver, "role", "loader", "warehouse", "\"wh x\"")) {
            assertThat(connection.getCatalog()).isEqualTo("SHOP");
            assertThat(connection.getSchema()).isEqualTo("PUBLIC");
            assertThat(one(
                            connection,
                            "select current_database() || current_schema() || current_role() || current_warehouse()"))
                    .isEqualTo("SHOPPUBLICLOADERwh x");
            run(connection, "create schema if not exists other");
            run(connection, "use schema other");
            assertThat(connection.getSchema()).isEqualTo("OTHER");
            connection.setSchema("PUBLIC");
            assertThat(one(connection, "select current_schema()")).isEqualTo("PUBLIC");
        }
        try (Connection connection = door.connect(driver, "db", "nosuch")) {
            assertThat(one(connection, "select current_database()")).isNull();
        }
        assertThatThrownBy(() -> door.connect(driver, "db", "nosuch", "CLIENT_VALIDATE_DEFAULT_PARAMETERS", "true"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390201));
    }

    private Connection in(JdbcDriver driver, String... settings) throws SQLException {
        List<String> all = new ArrayList<>(List.of("db", "shop", "schema", "public"));
        all.addAll(List.of(settings));
        return door.connect(driver, all.toArray(String[]::new));
    }

    static PreparedStatement bound(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    static ResultSet query(Connection connection, String sql) throws SQLException {
        return connection.createStatement().executeQuery(sql);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void refused(Connection connection, String sql, int code, String state) {
        assertThatThrownBy(() -> run(connection, sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.getSQLState()).isEqualTo(state);
        });
    }
}
