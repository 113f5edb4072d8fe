/*
 * A disk on order, put before a program with LD_PRELOAD: below SQLite, above the kernel.
 *
 * DISK_WATCHED  the folder whose files are watched
 * DISK_ORDER    a file that holds "<mode> <part of a name>", or "=" and a whole name, or "*"; without it the disk is well
 * DISK_BOOK     where each thing done to a watched file is written down, in its order
 *
 * Modes: full (ENOSPC), full_short (half a write, then ENOSPC), readonly (EROFS), broken (EIO), sync_fails (the next
 * fsync is EIO and those after it succeed, as Linux has it: what was not written then is lost without another word).
 *
 * The book: one record each, "<what> <name> <offset> <length>\n" and so many bytes. What: w(rite), s(ync), t(runcate),
 * u(nlink), f(ailed on order).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define HANDLES 4096
static char names[HANDLES][64];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int halved, sync_failed;

static const char *watched_name(const char *path) {
    const char *folder = getenv("DISK_WATCHED");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length) || path[length] != '/' || strchr(path + length + 1, '/')) return NULL;
    return path + length + 1;
}

static const char *name_of(int fd) { return fd >= 0 && fd < HANDLES && names[fd][0] ? names[fd] : NULL; }

static int ordered(const char *mode, const char *name) {
    char text[256], which[32] = "", part[128] = "";
    const char *path = getenv("DISK_ORDER");
    int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd < 0) return 0;
    long read_bytes = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    if (read_bytes <= 0) return 0;
    text[read_bytes] = 0;
    return sscanf(text, "%31s %127s", which, part) == 2 && !strcmp(which, mode) &&
           (part[0] == '*' || (part[0] == '=' ? !strcmp(name, part + 1) : strstr(name, part) != NULL));
}

static void book(char what, const char *name, long offset, const void *bytes, size_t length) {
    const char *path = getenv("DISK_BOOK");
    if (!path) return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return;
    char head[160];
    int written = snprintf(head, sizeof head, "%c %s %ld %zu\n", what, name, offset, length);
    char *record = malloc((size_t)written + length);
    if (record) {
        memcpy(record, head, (size_t)written);
        if (length) memcpy(record + written, bytes, length);
        syscall(SYS_write, fd, record, (size_t)written + length);
        free(record);
    }
    syscall(SYS_close, fd);
}

static int refused(const char *name, int error) {
    book('f', name, error, NULL, 0);
    errno = error;
    return -1;
}

static ssize_t put(int fd, const void *bytes, size_t length, long offset) {
    return offset < 0 ? syscall(SYS_write, fd, bytes, length) : syscall(SYS_pwrite64, fd, bytes, length, offset);
}

static ssize_t watched_write(int fd, const void *bytes, size_t length, long offset) {
    const char *name = name_of(fd);
    if (!name) return put(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t done;
    if (ordered("full", name)) {
        done = refused(name, ENOSPC);
    } else if (ordered("readonly", name)) {
        done = refused(name, EROFS);
    } else if (ordered("broken", name)) {
        done = refused(name, EIO);
    } else if (ordered("full_short", name) && (halved || length < 2)) {
        done = refused(name, ENOSPC);
    } else {
        if (ordered("full_short", name)) {
            halved = 1;
            length /= 2;
        }
        long at = offset < 0 ? syscall(SYS_lseek, fd, 0, SEEK_CUR) : offset;
        done = put(fd, bytes, length, offset);
        if (done > 0) book('w', name, at, bytes, (size_t)done);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) { return watched_write(fd, bytes, length, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return watched_write(fd, bytes, length, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    return watched_write(fd, bytes, length, offset);
}

static int watched_sync(int fd, long call) {
    const char *name = name_of(fd);
    if (!name) return (int)syscall(call, fd);
    pthread_mutex_lock(&lock);
    int done;
    if (!sync_failed && ordered("sync_fails", name)) {
        sync_failed = 1;
        done = refused(name, EIO);
    } else {
        done = (int)syscall(call, fd);
        if (!done) book('s', name, 0, NULL, 0);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int fsync(int fd) { return watched_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return watched_sync(fd, SYS_fdatasync); }

static int watched_truncate(int fd, long length) {
    const char *name = name_of(fd);
    if (name && ordered("readonly", name)) return refused(name, EROFS);
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (name && !done) book('t', name, length, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t length) { return watched_truncate(fd, length); }
int ftruncate64(int fd, off_t length) { return watched_truncate(fd, length); }

int unlink(const char *path) {
    const char *name = watched_name(path);
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (name && !done) book('u', name, 0, NULL, 0);
    return done;
}

static int watched_open(int folder, const char *path, int flags, int mode) {
    const char *name = watched_name(path);
    if (name && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && ordered("readonly", name)) return refused(name, EROFS);
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (fd >= 0 && fd < HANDLES) {
        names[fd][0] = 0;
        if (name && strlen(name) < sizeof names[0]) {
            strcpy(names[fd], name);
            if (flags & O_TRUNC) book('t', name, 0, NULL, 0);
        }
    }
    return fd;
}

#define MODE(flags, last) ({ int m = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, last); m = va_arg(a, int); va_end(a); } m; })
int open(const char *path, int flags, ...) { return watched_open(AT_FDCWD, path, flags, MODE(flags, flags)); }
int open64(const char *path, int flags, ...) { return watched_open(AT_FDCWD, path, flags, MODE(flags, flags)); }
int openat(int folder, const char *path, int flags, ...) { return watched_open(folder, path, flags, MODE(flags, flags)); }
int openat64(int folder, const char *path, int flags, ...) {
    return watched_open(folder, path, flags, MODE(flags, flags));
}

int close(int fd) {
    if (fd >= 0 && fd < HANDLES) names[fd][0] = 0;
    return (int)syscall(SYS_close, fd);
}
