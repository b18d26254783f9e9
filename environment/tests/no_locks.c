/* Makes a folder, the one that NO_LOCKS names, one on a file system without locks. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_there(int file) {
  char link[64], path[4096];
  const char *folder = getenv("NO_LOCKS");
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (!folder || length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

int flock(int file, int operation) {
  if (is_there(file)) {
    errno = ENOTSUP;
    return -1;
  }
  int (*real)(int, int) = dlsym(RTLD_NEXT, "flock");
  return real(file, operation);
}

static int control(const char *name, int file, int command, void *argument) {
  if ((command == F_SETLK || command == F_SETLKW) && is_there(file)) {
    errno = ENOLCK;
    return -1;
  }
  int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
  return real(file, command, argument);
}

#define AS(name)                                     \
  int name(int file, int command, ...) {             \
    va_list rest;                                    \
    va_start(rest, command);                         \
    void *argument = va_arg(rest, void *);           \
    va_end(rest);                                    \
    return control(#name, file, command, argument);  \
  }
AS(fcntl)
AS(fcntl64)
