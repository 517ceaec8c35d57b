/* Records what a process writes to an archive, and when it waits for the disk: preloaded before libc, it passes every call on.
 *
 * A record: kind (1), file (1), offset (8), length (4), bytes. Kinds: W write, T truncate (offset is the new size), S sync, U unlink,
 * A acknowledgement (bytes that the process wrote to its standard error). Files: 0 database, 1 its -wal, 2 its -journal. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 4096
#define NAME "nianbao.sqlite"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static signed char file_of[MOST_FDS]; /* file + 1; 0: not ours */
static int trace = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void all(const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t done = syscall(SYS_write, trace, at, size);
    if (done <= 0) abort();
    at += done;
    size -= (size_t)done;
  }
}

static void record(char kind, char file, uint64_t offset, const void *bytes, uint32_t size) {
  char head[14];
  head[0] = kind;
  head[1] = file;
  memcpy(head + 2, &offset, 8);
  memcpy(head + 10, &size, 4);
  pthread_mutex_lock(&lock);
  if (trace < 0) {
    const char *path = getenv("POWER_TRACE");
    if (!path) abort();
    trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (trace < 0) abort();
  }
  all(head, sizeof head);
  if (size > 0) all(bytes, size);
  pthread_mutex_unlock(&lock);
}

static int file_named(const char *path) {
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  if (strcmp(name, NAME) == 0) return 0;
  if (strcmp(name, NAME "-wal") == 0) return 1;
  if (strcmp(name, NAME "-journal") == 0) return 2;
  return -1;
}

static int file_at(int fd) { return fd >= 0 && fd < MOST_FDS ? file_of[fd] - 1 : -1; }

static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < MOST_FDS) file_of[fd] = (signed char)(file_named(path) + 1);
  return fd;
}

static mode_t mode_in(int flags, va_list more) { return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; }

int open(const char *path, int flags, ...) {
  va_list more; va_start(more, flags); mode_t mode = mode_in(flags, more); va_end(more);
  return opened(REAL(open)(path, flags, mode), path);
}
int open64(const char *path, int flags, ...) {
  va_list more; va_start(more, flags); mode_t mode = mode_in(flags, more); va_end(more);
  return opened(REAL(open64)(path, flags, mode), path);
}
int close(int fd) {
  if (fd >= 0 && fd < MOST_FDS) file_of[fd] = 0;
  return REAL(close)(fd);
}

static void wrote(int fd, const void *bytes, ssize_t done, uint64_t offset) {
  int file = file_at(fd);
  if (done > 0 && file >= 0) record('W', (char)file, offset, bytes, (uint32_t)done);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
  ssize_t done = REAL(pwrite)(fd, bytes, size, offset);
  wrote(fd, bytes, done, (uint64_t)offset);
  return done;
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
  ssize_t done = REAL(pwrite64)(fd, bytes, size, offset);
  wrote(fd, bytes, done, (uint64_t)offset);
  return done;
}
ssize_t write(int fd, const void *bytes, size_t size) {
  int file = file_at(fd);
  uint64_t offset = file >= 0 ? (uint64_t)lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = REAL(write)(fd, bytes, size);
  wrote(fd, bytes, done, offset);
  if (fd == 2 && done > 0) record('A', 0, 0, bytes, (uint32_t)done);
  return done;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  ssize_t done = REAL(writev)(fd, parts, count);
  if (fd == 2) for (int at = 0; at < count; at += 1) record('A', 0, 0, parts[at].iov_base, (uint32_t)parts[at].iov_len);
  return done;
}

int ftruncate(int fd, off_t size) {
  int done = REAL(ftruncate)(fd, size), file = file_at(fd);
  if (done == 0 && file >= 0) record('T', (char)file, (uint64_t)size, 0, 0);
  return done;
}
int ftruncate64(int fd, off64_t size) {
  int done = REAL(ftruncate64)(fd, size), file = file_at(fd);
  if (done == 0 && file >= 0) record('T', (char)file, (uint64_t)size, 0, 0);
  return done;
}

/* The disk itself is not waited for: what counts is where the process would have waited. */
int fsync(int fd) {
  int file = file_at(fd);
  if (file < 0) return REAL(fsync)(fd);
  record('S', (char)file, 0, 0, 0);
  return 0;
}
int fdatasync(int fd) {
  int file = file_at(fd);
  if (file < 0) return REAL(fdatasync)(fd);
  record('S', (char)file, 0, 0, 0);
  return 0;
}

int unlink(const char *path) {
  int done = REAL(unlink)(path), file = file_named(path);
  if (done == 0 && file >= 0) record('U', (char)file, 0, 0, 0);
  return done;
}
