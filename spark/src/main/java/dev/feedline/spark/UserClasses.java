package dev.feedline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.List;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;

/// Loads a job's own classes, and sends their calls that end the process through [Exit].
///
/// A security manager would do, but Java no longer has one.
class UserClasses extends URLClassLoader {
    private static final int API = Opcodes.ASM9;
    private static final String EXIT = "dev/feedline/spark/Exit";
    private static final String SCALA = "scala/sys/package$";

    static {
        registerAsParallelCapable();
    }

    UserClasses(List<Path> jars, ClassLoader parent) {
        super("job", jars.stream().map(UserClasses::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no jar's path: " + jar, e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        URL found = findResource(file);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = found.openStream()) {
            byte[] bytes = withExits(in.readAllBytes());
            definePackageOf(name);
            CodeSource source = new CodeSource(origin(found, file), (Certificate[]) null);
            return defineClass(name, bytes, 0, bytes.length, source);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private void definePackageOf(String name) {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            try {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                return; // another thread was first
            }
        }
    }

    private static URL origin(URL found, String file) throws MalformedURLException {
        String whole = found.toString();
        String jar = whole.startsWith("jar:")
                ? whole.substring("jar:".length(), whole.indexOf("!/"))
                : whole.substring(0, whole.length() - file.length());
        return new URL(jar);
    }

    static byte[] withExits(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriting rewriting = new Rewriting(writer);
        reader.accept(rewriting, 0);
        return rewriting.hasExits ? writer.toByteArray() : bytes;
    }

    private static final class Rewriting extends ClassVisitor {
        private boolean hasExits;

        Rewriting(ClassWriter writer) {
            super(API, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(API, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String types, boolean isInterface) {
                    String replacement = replacement(owner, called, types);
                    if (replacement == null) {
                        super.visitMethodInsn(opcode, owner, called, types, isInterface);
                        return;
                    }
                    hasExits = true; // Scala throws what its exit gives back, so that may be any Throwable
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, EXIT, called, replacement, false);
                }
            };
        }

        /// The types of [Exit]'s method of that name, null when the call is no exit.
        private static @org.jspecify.annotations.Nullable String replacement(
                String owner, String called, String types) {
            return switch (owner + "." + called + types) {
                case "java/lang/System.exit(I)V" -> types;
                case "java/lang/Runtime.exit(I)V", "java/lang/Runtime.halt(I)V" -> "(Ljava/lang/Runtime;I)V";
                case SCALA + ".exit(I)Lscala/runtime/Nothing$;" -> "(Ljava/lang/Object;I)Ljava/lang/RuntimeException;";
                case SCALA + ".exit()Lscala/runtime/Nothing$;" -> "(Ljava/lang/Object;)Ljava/lang/RuntimeException;";
                default -> null;
            };
        }
    }
}
