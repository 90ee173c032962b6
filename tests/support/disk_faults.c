/* Loaded before libc (tests/support/disk_faults.py): counts the calls that change files below some folders, and lets one of
   them fail or ends the process at it. Nothing happens before fault_arm(). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char below[4096];
static long count, fatal;
static int number, lasting, ending, counting_reads, mine;

/* Calls from `at` (from 1) on: `with` is an errno, or 0 to end the process; `stays`: all later calls that need room fail too. */
void fault_arm(const char *folder, long at, int with, int stays, int reads)
{
    strncpy(below, folder, sizeof below - 1);
    count = 0; fatal = at; number = with; lasting = stays; ending = with == 0; counting_reads = reads; mine = getpid();
}
long fault_count(void) { return count; }
void fault_disarm(void) { below[0] = 0; }

static int inside(const char *path) { return strncmp(path, below, strlen(below)) == 0; }

static int path_inside(int folder, const char *path)
{
    char link[64], where[4096];
    ssize_t size;
    if (!path) return 0;
    if (path[0] == '/') return inside(path);
    if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    size = readlink(link, where, sizeof where - 1);
    if (size < 0) return 0;
    where[size] = 0;
    return inside(where);
}
static int fd_inside(int fd) { return path_inside(fd, "."); }

/* Whether this call is to fail; errno is set then. `room`: it needs room on the disk. */
static int refused(int concerned, int room)
{
    if (!below[0] || !concerned || getpid() != mine) return 0;
    count++;
    if (!fatal || (count != fatal && !(lasting && room && count > fatal))) return 0;
    if (lasting && !room) { fatal++; return 0; }
    if (ending) kill(getpid(), SIGKILL);
    errno = number;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CHANGES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)
#define MODE va_list more; va_start(more, flags); mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; va_end(more)
#define OPENED (flags & CHANGES || counting_reads), flags & O_CREAT

static int opens(int folder, const char *path, int wanted, int room)
{ return refused(below[0] && wanted && path_inside(folder, path), room); }

int open(const char *path, int flags, ...) { MODE; return opens(AT_FDCWD, path, OPENED) ? -1 : REAL(open)(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return opens(AT_FDCWD, path, OPENED) ? -1 : REAL(open64)(path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE; return opens(folder, path, OPENED) ? -1 : REAL(openat)(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE; return opens(folder, path, OPENED) ? -1 : REAL(openat64)(folder, path, flags, mode); }

/* A write that is cut off leaves its first half. */
ssize_t write(int fd, const void *data, size_t size)
{
    if (below[0] && fd > 2 && fd_inside(fd)) {
        if (getpid() == mine && count + 1 == fatal && size > 1) REAL(write)(fd, data, size / 2);
        if (refused(1, 1)) return -1;
    }
    return REAL(write)(fd, data, size);
}
ssize_t read(int fd, void *data, size_t size)
{ return refused(below[0] && counting_reads && fd > 2 && fd_inside(fd), 0) ? -1 : REAL(read)(fd, data, size); }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size)
{
    extern ssize_t sendfile64(int, int, off64_t *, size_t);
    return refused(below[0] && fd_inside(to), 1) ? -1 : REAL(sendfile64)(to, from, offset, size);
}
ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t size, unsigned flags)
{ return refused(below[0] && fd_inside(to), 1) ? -1 : REAL(copy_file_range)(from, in, to, out, size, flags); }

#define ON_PATH(type, name, given, passed, folder, path, room) \
    type name given { return refused(below[0] && path_inside(folder, path), room) ? -1 : REAL(name) passed; }
#define ON_FD(type, name, given, passed, room) \
    type name given { return refused(below[0] && fd_inside(fd), room) ? -1 : REAL(name) passed; }
ON_PATH(int, rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, 0)
ON_PATH(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), b, to, 0)
ON_PATH(int, unlink, (const char *path), (path), AT_FDCWD, path, 0)
ON_PATH(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), folder, path, 0)
ON_PATH(int, rmdir, (const char *path), (path), AT_FDCWD, path, 0)
ON_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 1)
ON_PATH(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), folder, path, 1)
ON_PATH(int, link, (const char *from, const char *to), (from, to), AT_FDCWD, to, 1)
ON_PATH(int, symlink, (const char *from, const char *to), (from, to), AT_FDCWD, to, 1)
ON_PATH(int, chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 0)
ON_PATH(int, truncate, (const char *path, off_t size), (path, size), AT_FDCWD, path, 0)
ON_PATH(int, truncate64, (const char *path, off64_t size), (path, size), AT_FDCWD, path, 0)
ON_FD(int, fsync, (int fd), (fd), 0)
ON_FD(int, fdatasync, (int fd), (fd), 0)
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size), 0)
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size), 0)
