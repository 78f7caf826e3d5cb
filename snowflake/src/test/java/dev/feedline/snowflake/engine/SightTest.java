package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a connection believes what it has read of definitions.
class SightTest {
    private final DefinitionChanges changes = new DefinitionChanges();
    private final Sight one = new Sight(changes);
    private final Sight other = new Sight(changes);
    private int asked;

    @Test
    void anAnswerIsRememberedForEachQuestion() throws SQLException {
        assertThat(ask(one)).isEqualTo(1);
        assertThat(ask(one)).isEqualTo(1);
        assertThat(one.<Integer>known("another question", () -> ++asked)).isEqualTo(2);
        assertThat(ask(one)).isEqualTo(1);
        assertThat(ask(other))
                .as("each connection has its own temporary tables")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ALTER TABLE t", "alter table t", "Create x", "DROP", "COMMENT ON", "ATTACH 'x'", "(x)", ""})
    void aChangeMakesEveryConnectionAskAgain(String statement) throws SQLException {
        ask(one);
        run(other, statement);
        assertThat(ask(one)).isEqualTo(2);
        assertThat(ask(one)).isEqualTo(2);
        run(one, statement);
        assertThat(ask(one)).isEqualTo(3);
    }

    @Test
    void rowsChangeNothingButThoseThatAreDefinitions() throws SQLException {
        ask(one);
        run(other, "INSERT INTO t");
        run(one, "BEGIN TRANSACTION");
        run(one, "DELETE FROM t");
        run(one, "COMMIT");
        assertThat(ask(one)).isEqualTo(1);
        other.around("INSERT INTO t", true, () -> null);
        assertThat(ask(one)).isEqualTo(2);
    }

    @Test
    void nothingIsBelievedWhileAChangeIsUnderWay() throws SQLException {
        ask(one);
        run(other, "BEGIN");
        assertThat(ask(one)).isEqualTo(1);
        run(other, "ALTER TABLE t");
        assertThat(ask(one)).isEqualTo(2);
        assertThat(ask(one)).isEqualTo(3);
        run(other, "COMMIT");
        assertThat(ask(one)).isEqualTo(4);
        assertThat(ask(one)).isEqualTo(4);
    }

    /// It sees the definitions as they were when it began.
    @Test
    void aTransactionDoesNotTakeWhatIsNewerThanItself() throws SQLException {
        run(one, "BEGIN");
        assertThat(ask(one)).isEqualTo(1);
        assertThat(ask(one)).isEqualTo(1);
        run(other, "ALTER TABLE t");
        assertThat(ask(one)).isEqualTo(2);
        assertThat(ask(one)).isEqualTo(3);
        run(one, "COMMIT");
        assertThat(ask(one)).isEqualTo(4);
        assertThat(ask(one)).isEqualTo(4);
    }

    @Test
    void aTransactionThatBeganDuringAChangeRemembersNothing() throws SQLException {
        run(other, "BEGIN");
        run(other, "ALTER TABLE t");
        run(one, "BEGIN");
        run(other, "ROLLBACK");
        assertThat(ask(one)).isEqualTo(1);
        assertThat(ask(one)).isEqualTo(2);
    }

    @Test
    void anAnswerThatAChangeOvertookIsNotKept() throws SQLException {
        one.known("question", () -> {
            run(other, "ALTER TABLE t");
            return ++asked;
        });
        assertThat(ask(one)).isEqualTo(2);
        assertThat(ask(one)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK"})
    void aTransactionsOwnChangeEndsWithIt(String end) throws SQLException {
        run(one, "BEGIN");
        run(one, "ALTER TABLE t");
        assertThat(ask(one)).isEqualTo(1);
        run(one, "ALTER TABLE t");
        assertThat(ask(one)).isEqualTo(2);
        run(one, end);
        assertThat(ask(one)).isEqualTo(3);
        assertThat(ask(one)).isEqualTo(3);
        assertThat(changes.settled()).isPresent();
    }

    @Test
    void whatFailsOrIsCutOffDoesNotLastForEver() throws SQLException {
        assertThatThrownBy(() -> fail(other, "ALTER TABLE t")).isInstanceOf(SQLException.class);
        assertThat(changes.settled()).isPresent();
        run(other, "BEGIN");
        run(other, "ALTER TABLE t");
        assertThatThrownBy(() -> fail(other, "COMMIT")).isInstanceOf(SQLException.class);
        assertThat(changes.settled()).isPresent();
        run(other, "BEGIN");
        run(other, "ALTER TABLE t");
        assertThat(changes.settled()).isEmpty();
        other.ended();
        assertThat(changes.settled()).isPresent();
    }

    private int ask(Sight sight) throws SQLException {
        return sight.<Integer>known("question", () -> ++asked);
    }

    private static void run(Sight sight, String sql) throws SQLException {
        sight.around(sql, false, () -> 0L);
    }

    private static void fail(Sight sight, String sql) throws SQLException {
        sight.around(sql, false, () -> {
            throw new SQLException("no");
        });
    }
}
