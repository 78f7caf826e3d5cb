package dev.feedline.gateway;

import static dev.feedline.gateway.SnowflakeDriverTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What SQL tools ask through DatabaseMetaData when they connect and when they open a table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnowflakeMetaDataTest {
    private TestDoor door;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        door = new TestDoor(folder);
        try (Connection connection = door.connect(JdbcDriver.CURRENT)) {
            run(connection, "create database shop");
            run(
                    connection,
                    "create table customers (id int autoincrement (10, 5) primary key, name varchar(20) not null"
                            + " comment 'as told', vip boolean default false, unique (name)) comment = 'who buys'");
            run(
                    connection,
                    "create table orders (customer int, line int, amount number(12,2), at timestamp_ltz, doc variant,"
                            + " constraint pk_orders primary key (customer, line),"
                            + " constraint fk_customer foreign key (customer) references customers (id)) cluster by (at)");
            run(connection, "create view big_orders as select customer, amount from orders where amount > 100");
            run(connection, "create schema empty");
            run(connection, "create database other");
            run(connection, "use schema shop.public");
        }
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void catalogsAndSchemas(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(rows(meta.getCatalogs(), "TABLE_CAT")).containsExactlyInAnyOrder("SHOP", "OTHER");
            assertThat(rows(meta.getSchemas("SHOP", null), "TABLE_CATALOG", "TABLE_SCHEM"))
                    .containsExactlyInAnyOrder("SHOP|PUBLIC", "SHOP|EMPTY", "SHOP|INFORMATION_SCHEMA");
            assertThat(rows(meta.getSchemas("SHOP", "EM%"), "TABLE_SCHEM")).containsExactly("EMPTY");
            assertThat(rows(meta.getSchemas(), "TABLE_SCHEM")).hasSize(5);
            assertThat(rows(meta.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
            assertThat(rows(meta.getTypeInfo(), "TYPE_NAME")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesAndViews(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            String[] shown = {"TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"};
            assertThat(rows(meta.getTables("SHOP", "PUBLIC", "%", null), shown))
                    .containsExactlyInAnyOrder(
                            "PUBLIC|BIG_ORDERS|VIEW|", "PUBLIC|CUSTOMERS|TABLE|who buys", "PUBLIC|ORDERS|TABLE|");
            assertThat(rows(meta.getTables("SHOP", "PUBLIC", "%", new String[] {"TABLE"}), shown))
                    .hasSize(2);
            assertThat(rows(meta.getTables("SHOP", null, "BIG\\_%", new String[] {"VIEW"}), shown))
                    .containsExactly("PUBLIC|BIG_ORDERS|VIEW|");
            assertThat(rows(meta.getTables("SHOP", "EMPTY", "%", null), shown)).isEmpty();
            assertThat(rows(meta.getTables(null, null, "CUST%", new String[] {"TABLE", "VIEW"}), shown))
                    .hasSize(1);
            assertThat(rows(meta.getTables("NOSUCH", null, "%", null), shown)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void temporaryTablesShowInTheirSession(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver);
                Connection another = in(driver)) {
            SnowflakeDriverTest.run(
                    connection, "create temporary table shop.public.basket (id int primary key, n int)");
            String[] shown = {"TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"};
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(rows(meta.getTables("SHOP", "PUBLIC", "BASKET", null), shown))
                    .containsExactly("PUBLIC|BASKET|TEMPORARY");
            assertThat(rows(meta.getTables("SHOP", "PUBLIC", "BASKET", new String[] {"TABLE"}), shown))
                    .hasSize(1);
            assertThat(rows(meta.getColumns("SHOP", "PUBLIC", "BASKET", "%"), "COLUMN_NAME", "TYPE_NAME"))
                    .containsExactly("ID|NUMBER", "N|NUMBER");
            assertThat(rows(meta.getPrimaryKeys("SHOP", "PUBLIC", "BASKET"), "COLUMN_NAME"))
                    .containsExactly("ID");
            assertThat(rows(another.getMetaData().getTables("SHOP", "PUBLIC", "BASKET", null), shown))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void columns(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(rows(
                            meta.getColumns("SHOP", "PUBLIC", "CUSTOMERS", "%"),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "IS_NULLABLE",
                            "COLUMN_DEF",
                            "REMARKS",
                            "ORDINAL_POSITION",
                            "IS_AUTOINCREMENT"))
                    .containsExactly(
                            "ID|NUMBER|38|0|NO|null||1|YES",
                            "NAME|VARCHAR|20|0|NO|null|as told|2|NO",
                            "VIP|BOOLEAN|" + noSize(driver) + "|0|YES|FALSE||3|NO");
            assertThat(rows(meta.getColumns("SHOP", "PUBLIC", "ORDERS", null), "COLUMN_NAME", "TYPE_NAME"))
                    .containsExactly(
                            "CUSTOMER|NUMBER", "LINE|NUMBER", "AMOUNT|NUMBER", "AT|TIMESTAMPLTZ", "DOC|VARIANT");
            assertThat(rows(meta.getColumns("SHOP", "PUBLIC", "BIG_ORDERS", "AM%"), "COLUMN_NAME", "DECIMAL_DIGITS"))
                    .containsExactly("AMOUNT|2");
            assertThat(rows(meta.getColumns(null, null, "%", "NAME"), "TABLE_NAME"))
                    .containsExactly("CUSTOMERS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keys(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(rows(meta.getPrimaryKeys("SHOP", "PUBLIC", "ORDERS"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                    .containsExactly("CUSTOMER|1|PK_ORDERS", "LINE|2|PK_ORDERS");
            assertThat(rows(meta.getPrimaryKeys("SHOP", "PUBLIC", "CUSTOMERS"), "COLUMN_NAME"))
                    .containsExactly("ID");
            String[] shown = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ", "FK_NAME"};
            String key = "CUSTOMERS|ID|ORDERS|CUSTOMER|1|FK_CUSTOMER";
            assertThat(rows(meta.getImportedKeys("SHOP", "PUBLIC", "ORDERS"), shown))
                    .containsExactly(key);
            assertThat(rows(meta.getExportedKeys("SHOP", "PUBLIC", "CUSTOMERS"), shown))
                    .containsExactly(key);
            assertThat(rows(meta.getExportedKeys("SHOP", "PUBLIC", "ORDERS"), shown))
                    .isEmpty();
            assertThat(rows(meta.getCrossReference("SHOP", "PUBLIC", "CUSTOMERS", "SHOP", "PUBLIC", "ORDERS"), shown))
                    .containsExactly(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThereIsNothingOfIsAnsweredEmpty(JdbcDriver driver) throws SQLException {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(rows(meta.getFunctions("SHOP", "PUBLIC", "%"), "FUNCTION_NAME"))
                    .isEmpty();
            assertThat(rows(meta.getProcedures("SHOP", "PUBLIC", "%"), "PROCEDURE_NAME"))
                    .isEmpty();
            assertThat(rows(meta.getIndexInfo("SHOP", "PUBLIC", "ORDERS", false, false), "TABLE_NAME"))
                    .isEmpty();
            assertThat(rows(meta.getUDTs("SHOP", "PUBLIC", "%", null), "TYPE_NAME"))
                    .isEmpty();
            assertThat(rows(meta.getTablePrivileges("SHOP", "PUBLIC", "ORDERS"), "TABLE_NAME", "PRIVILEGE"))
                    .containsExactly("ORDERS|OWNERSHIP");
            assertThat(meta.getDatabaseProductName()).isEqualTo("Snowflake");
            assertThat(meta.getDatabaseProductVersion()).isNotEmpty();
            assertThat(meta.getUserName()).isEqualToIgnoringCase("FEEDLINE");
            assertThat(meta.getURL()).contains("127.0.0.1");
            assertThat(meta.getIdentifierQuoteString()).isEqualTo("\"");
            assertThat(meta.getSQLKeywords()).isNotEmpty();
            assertThat(meta.getNumericFunctions()).isNotEmpty();
            assertThat(meta.supportsTransactions()).isTrue();
        }
    }

    /// Tools differ in what they ask, and some ask everything: no call but those the driver itself lacks may fail.
    @ParameterizedTest
    @EnumSource
    void everyCallIsAnswered(JdbcDriver driver) throws Exception {
        try (Connection connection = in(driver)) {
            DatabaseMetaData meta = connection.getMetaData();
            Set<String> answered = new TreeSet<>();
            Set<String> lacking = new TreeSet<>();
            for (Method method : DatabaseMetaData.class.getMethods()) {
                if (method.getDeclaringClass() != DatabaseMetaData.class) {
                    continue;
                }
                try {
                    Object result = method.invoke(meta, arguments(method));
                    if (result instanceof ResultSet rows) {
                        rows(rows);
                    }
                    answered.add(method.getName());
                } catch (InvocationTargetException e) {
                    assertThat(e.getCause()).as(method.getName()).isInstanceOf(SQLFeatureNotSupportedException.class);
                    lacking.add(method.getName());
                }
            }
            assertThat(answered)
                    .contains(
                            "getCatalogs",
                            "getColumnPrivileges",
                            "getColumns",
                            "getCrossReference",
                            "getExportedKeys",
                            "getFunctionColumns",
                            "getFunctions",
                            "getImportedKeys",
                            "getIndexInfo",
                            "getPrimaryKeys",
                            "getProcedureColumns",
                            "getProcedures",
                            "getSchemas",
                            "getTablePrivileges",
                            "getTableTypes",
                            "getTables",
                            "getTypeInfo",
                            "getUDTs");
            assertThat(lacking)
                    .as("what the driver has not")
                    .isSubsetOf(
                            "autoCommitFailureClosesAllResultSets",
                            "generatedKeyAlwaysReturned",
                            "getAttributes",
                            "getBestRowIdentifier",
                            "getClientInfoProperties",
                            "getPseudoColumns",
                            "getRowIdLifetime",
                            "getSuperTables",
                            "getSuperTypes",
                            "getVersionColumns",
                            "supportsSharding");
        }
    }

    /// The table of orders, in the places where names are asked for.
    private static Object[] arguments(Method method) {
        String[] names = {"SHOP", "PUBLIC", "ORDERS"};
        Object[] arguments = new Object[method.getParameterCount()];
        int text = 0;
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == String.class) {
                arguments[i] = text % 4 < 3 ? names[text % 4] : "%";
                text++;
            } else if (type == int.class) {
                arguments[i] = ResultSet.TYPE_FORWARD_ONLY;
            } else if (type == boolean.class) {
                arguments[i] = false;
            }
        }
        return arguments;
    }

    /// The lines differ in what they tell of a column without a size.
    private static String noSize(JdbcDriver driver) {
        return driver == JdbcDriver.CURRENT ? "null" : "0";
    }

    private Connection in(JdbcDriver driver) throws SQLException {
        return door.connect(driver, "db", "shop", "schema", "public");
    }

    /// The named columns of every row, joined by `|`.
    private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (String column : columns) {
                    row.add(rows.getString(column));
                }
                all.add(String.join("|", row));
            }
        }
        return all;
    }
}
