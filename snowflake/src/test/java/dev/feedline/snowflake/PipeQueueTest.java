package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeQueueTest {
    @Test
    void atAwsTheChannelOfThePipesIsAQueueOfAwssAccountAndRegion(@TempDir Path folder) throws IOException {
        List<Exception> failures = new CopyOnWriteArrayList<>();
        Bell bell = new Bell();
        MemorySqs sqs = new MemorySqs(bell);
        Ground ground = new Ground(
                new RealDisk(failures::add), InstantSource.system(), Ids.secure(), Account.LOCAL, bell, failures::add);
        PipeQueue queue = PipeQueue.atAws(sqs, new Account("111122223333", "eu-central-1"));
        try (EmbeddedSnowflake snowflake =
                        EmbeddedSnowflake.open(folder, ground, new MemoryS3(), queue, LocalBodies.NONE);
                Session session = snowflake.openSession()) {
            session.executeScript("""
                    create database d;
                    create stage lake url = 's3://lake/data/';
                    create table orders (id number);
                    create pipe orders_pipe auto_ingest = true as copy into orders from @lake/orders/
                      file_format = (type = json) match_by_column_name = case_insensitive;
                    """);
            Result pipes = session.execute("show pipes", List.of());
            int channel =
                    pipes.columns().stream().map(ResultColumn::name).toList().indexOf("notification_channel");
            assertThat(pipes.all())
                    .singleElement()
                    .satisfies(pipe -> assertThat(pipe.get(channel))
                            .isEqualTo("arn:aws:sqs:eu-central-1:111122223333:feedline-pipes"));
        }
        assertThat(sqs.queues()).containsExactly("feedline-pipes");
        assertThat(failures).isEmpty();
    }
}
