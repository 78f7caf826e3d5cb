import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// `java NewerClassFiles.java JAR…`: gives every class file of before Java 6 in these jars the
/// version of Java 8 and the stack maps that go with it. No cache of the JVM takes the older
/// ones, so each start would parse and verify them anew (`docs/decisions/0008`). A jar that has
/// none stays as it is, to the byte.
final class NewerClassFiles {
    private static final int OLDEST_IN_CACHE = ClassFile.JAVA_6_VERSION;

    private NewerClassFiles() {}

    static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path written = jar.resolveSibling(jar.getFileName() + ".new");
        try {
            if (copy(jar, written) > 0) {
                Files.move(written, jar, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /// How many class files were made newer.
    private static int copy(Path jar, Path written) throws IOException {
        int newer = 0;
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(written))) {
            ClassFile files = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    ClassModel model = files.parse(bytes);
                    if (model.majorVersion() < OLDEST_IN_CACHE) {
                        bytes = files.transformClass(model, NEWER);
                        newer++;
                    }
                }
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTime(entry.getTime());
                to.putNextEntry(same);
                to.write(bytes);
                to.closeEntry();
            }
        }
        return newer;
    }

    /// Every method's code is built anew, which makes its stack maps.
    private static final ClassTransform NEWER = ClassTransform.transformingMethods(
                    MethodTransform.transformingCode((code, element) -> code.with(element)))
            .andThen((type, element) -> {
                if (element instanceof ClassFileVersion) {
                    type.withVersion(ClassFile.JAVA_8_VERSION, 0);
                } else {
                    type.with(element);
                }
            });
}
