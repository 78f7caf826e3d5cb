package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserClassesTest {
    /// What a job's main class may do.
    public static final class Leaves {
        public static void main(String[] words) {
            System.exit(Integer.parseInt(words[0]));
        }
    }

    private static final class SaidException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void theStatusOfAnExitIsHeardBeforeTheProcessEnds(@TempDir Path folder) throws Exception {
        List<Integer> heard = new ArrayList<>();
        Exit.announce((call, status) -> {
            heard.add(status);
            throw new SaidException(); // else this JVM would end
        });
        try (UserClasses classes = new UserClasses(List.of(jarOf(folder, Leaves.class)), null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return name.equals(Exit.class.getName()) ? Exit.class : super.findClass(name);
            }
        }) {
            Class<?> loaded = classes.loadClass(Leaves.class.getName());
            assertThat(loaded).isNotSameAs(Leaves.class);
            try {
                loaded.getMethod("main", String[].class).invoke(null, (Object) new String[] {"3"});
            } catch (java.lang.reflect.InvocationTargetException e) {
                assertThat(e).hasCauseInstanceOf(SaidException.class);
            }
        } finally {
            Exit.announce((call, status) -> {});
        }
        assertThat(heard).containsExactly(3);
    }

    private static Path jarOf(Path folder, Class<?> one) throws Exception {
        String entry = one.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("job.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = one.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        return jar;
    }
}
