// A disk that fails at a chosen call: loaded before the C library into the server's process (LD_PRELOAD), so that it
// meets Java, SQLite and DuckDB alike. It counts the calls of the whole process on files below one folder; strace's
// injection counts for each thread of its own, and most of a pipeline's threads make few calls.
//
// A test steers it through a small file that both have in memory (struct control; FaultyCalls.java has its mirror).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FORCE = 1, FORCE_DIRECTORY = 2, WRITE = 4, RENAME = 8, CREATE = 16, TRUNCATE = 32, READ = 64, UNLINK = 128 };
enum { SHORT_WRITE = -1, LIE = -2 };  // effects that are no errno: write half; say that it was done

struct control {
  _Atomic int32_t calls;   // which calls count, 0 for none
  _Atomic int32_t effect;  // an errno, or one of the effects above
  _Atomic int32_t tracing;
  _Atomic int32_t from_then_on;  // whether every call from the chosen one on fails
  _Atomic int64_t when;          // the chosen call, from 1
  _Atomic int64_t count;
  _Atomic int64_t fired;
  char where[456];  // the file of the first call that failed
};

static struct control *control;
static char folder[1024];
static size_t folder_length;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FEEDLINE_FAULT_FOLDER");
  const char *steering = getenv("FEEDLINE_FAULT_CONTROL");
  const char *traced = getenv("FEEDLINE_FAULT_TRACE");
  if (at == NULL || steering == NULL) return;
  folder_length = (size_t)snprintf(folder, sizeof folder, "%s/", at);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, steering, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (mapped != MAP_FAILED) control = mapped;
  if (traced != NULL)
    trace = (int)syscall(SYS_openat, AT_FDCWD, traced, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int below(const char *path) {
  return strncmp(path, folder, folder_length) == 0 || (strncmp(path, folder, folder_length - 1) == 0 && path[folder_length - 1] == 0);
}

// The path of an open file below the folder, or NULL.
static const char *path_of(int fd, char *into, size_t size) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, into, size - 1);
  if (length <= 0) return NULL;
  into[length] = 0;
  return below(into) ? into : NULL;
}

static void note(const char *operation, const char *path, const char *to) {
  char line[2300];
  int length = snprintf(line, sizeof line, "%ld %s %s%s%s\n", syscall(SYS_gettid), operation, path, to ? " " : "", to ? to : "");
  if (length > 0) syscall(SYS_write, trace, line, length < (int)sizeof line ? (size_t)length : sizeof line);
}

static int watching(int call) {
  return control != NULL && ((control->calls & call) != 0 || (control->tracing && trace >= 0));
}

// What is to happen to this call: 0 for nothing.
static int effect(int call, const char *path) {
  if (path == NULL || (control->calls & call) == 0) return 0;
  int64_t number = ++control->count;
  if (control->when != number && !(control->from_then_on && number > control->when)) return 0;
  if (control->fired++ == 0) snprintf(control->where, sizeof control->where, "%s", path);
  return control->effect;
}

static void done(const char *operation, const char *path, const char *to) {
  if (path != NULL && control->tracing && trace >= 0) note(operation, path, to);
}

static int forced(int fd, long number) {
  char buffer[1024];
  const char *path = control == NULL || !watching(FORCE | FORCE_DIRECTORY) ? NULL : path_of(fd, buffer, sizeof buffer);
  if (path == NULL) return (int)syscall(number, fd);
  struct stat status;
  int directory = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
  int fault = effect(directory ? FORCE_DIRECTORY : FORCE, path);
  if (fault == LIE) return 0;
  if (fault > 0) return errno = fault, -1;
  int result = (int)syscall(number, fd);
  if (result == 0) done(directory ? "forcedir" : "force", path, NULL);
  return result;
}

int fsync(int fd) { return forced(fd, SYS_fsync); }
int fdatasync(int fd) { return forced(fd, SYS_fdatasync); }

static ssize_t written(int fd, const void *bytes, size_t count, off_t position, int positioned) {
  char buffer[1024];
  const char *path = watching(WRITE) ? path_of(fd, buffer, sizeof buffer) : NULL;
  int fault = path == NULL ? 0 : effect(WRITE, path);
  if (fault > 0) return errno = fault, -1;
  if (fault == SHORT_WRITE && count > 1) count /= 2;
  ssize_t result = positioned ? syscall(SYS_pwrite64, fd, bytes, count, position) : syscall(SYS_write, fd, bytes, count);
  if (path != NULL) {
    if (result > 0) done("write", path, NULL);
  } else if (!positioned && result > 0 && control != NULL && control->tracing && trace >= 0) {
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode)) note("answer", "-", NULL);
  }
  return result;
}

ssize_t write(int fd, const void *bytes, size_t count) { return written(fd, bytes, count, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return written(fd, bytes, count, at, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return written(fd, bytes, count, at, 1); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (watching(WRITE) && count > 0) {
    char buffer[1024];
    if (path_of(fd, buffer, sizeof buffer) != NULL) return written(fd, parts[0].iov_base, parts[0].iov_len, 0, 0);
    if (control->tracing && trace >= 0) note("answer", "-", NULL);
  }
  return syscall(SYS_writev, fd, parts, count);
}

static ssize_t taken(int fd, void *bytes, size_t count, off_t position) {
  char buffer[1024];
  const char *path = control != NULL && (control->calls & READ) ? path_of(fd, buffer, sizeof buffer) : NULL;
  int fault = path == NULL ? 0 : effect(READ, path);
  if (fault > 0) return errno = fault, -1;
  return syscall(SYS_pread64, fd, bytes, count, position);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) { return taken(fd, bytes, count, at); }
ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) { return taken(fd, bytes, count, at); }

int rename(const char *from, const char *to) {
  int ours = control != NULL && below(to);
  int fault = ours ? effect(RENAME, to) : 0;
  if (fault > 0) return errno = fault, -1;
  int result = (int)syscall(SYS_rename, from, to);
  if (ours && result == 0) done("rename", from, to);
  return result;
}

int unlink(const char *path) {
  int ours = control != NULL && below(path);
  int fault = ours ? effect(UNLINK, path) : 0;
  if (fault > 0) return errno = fault, -1;
  int result = (int)syscall(SYS_unlink, path);
  if (ours && result == 0) done("unlink", path, NULL);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  int ours = control != NULL && below(path);
  int fault = ours ? effect(CREATE, path) : 0;
  if (fault > 0) return errno = fault, -1;
  int result = (int)syscall(SYS_mkdir, path, mode);
  if (ours && result == 0) done("create", path, NULL);
  return result;
}

static int cut(int fd, off_t size) {
  char buffer[1024];
  const char *path = watching(TRUNCATE) ? path_of(fd, buffer, sizeof buffer) : NULL;
  int fault = path == NULL ? 0 : effect(TRUNCATE, path);
  if (fault > 0) return errno = fault, -1;
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (result == 0) done("truncate", path, NULL);
  return result;
}

int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int opened(int at, const char *path, int flags, mode_t mode) {
  int ours = control != NULL && (flags & O_CREAT) && below(path);
  int created = ours && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
  int fault = ours ? effect(CREATE, path) : 0;
  if (fault > 0) return errno = fault, -1;
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (created && fd >= 0) done("create", path, NULL);
  return fd;
}

static mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) ? (mode_t)va_arg(rest, unsigned int) : 0;
}

#define OPEN(name, parameters, at) \
  int name parameters {            \
    va_list rest;                  \
    va_start(rest, flags);         \
    mode_t mode = mode_of(flags, rest); \
    va_end(rest);                  \
    return opened(at, path, flags, mode); \
  }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int directory, const char *path, int flags, ...), directory)
OPEN(openat64, (int directory, const char *path, int flags, ...), directory)
