# Finds a JDK 25 or newer and exports JAVA_HOME; sourced by ./mvnw and ./feedline, which may start under an older default `java`.
feedline_jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }
feedline_jdk_found=
for feedline_jdk in "${JAVA_HOME:-}" "$HOME"/.sdkman/candidates/java/* /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  [ -x "$feedline_jdk/bin/javac" ] || continue
  [ "$(feedline_jdk_major "$feedline_jdk" || true)" -ge 25 ] 2>/dev/null || continue
  feedline_jdk_found=$feedline_jdk && break
done
if [ -z "$feedline_jdk_found" ]; then
  echo "Feedline needs a JDK 25 or newer and found none (looked in JAVA_HOME and the usual folders): install Temurin 25, for example with 'sdk install java 25-tem' or from adoptium.net, or set JAVA_HOME to one." >&2
  exit 1
fi
export JAVA_HOME="$feedline_jdk_found"
