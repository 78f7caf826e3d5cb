# Finds a JDK 25 or newer and exports JAVA_HOME; sourced by ./mvnw and ./feedline, which may start under an older default `java`.
feedline_jdk_major() { # sets feedline_major; the shell reads by itself, since a process for each JDK takes longer than all else here
  feedline_major=
  [ -r "$1/release" ] || return 0
  while [ -z "$feedline_major" ] && IFS= read -r feedline_line; do
    case "$feedline_line" in JAVA_VERSION=\"*)
      feedline_major=${feedline_line#JAVA_VERSION=\"}
      feedline_major=${feedline_major%%[!0-9]*}
      ;;
    esac
  done <"$1/release"
}
feedline_jdk_found=
for feedline_jdk in "${JAVA_HOME:-}" "$HOME"/.sdkman/candidates/java/* /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  [ -x "$feedline_jdk/bin/javac" ] || continue
  feedline_jdk_major "$feedline_jdk"
  [ "${feedline_major:-0}" -ge 25 ] || continue
  feedline_jdk_found=$feedline_jdk && break
done
if [ -z "$feedline_jdk_found" ]; then
  echo "Feedline needs a JDK 25 or newer and found none (looked in JAVA_HOME and the usual folders): install Temurin 25, for example with 'sdk install java 25-tem' or from adoptium.net, or set JAVA_HOME to one." >&2
  exit 1
fi
export JAVA_HOME="$feedline_jdk_found"
