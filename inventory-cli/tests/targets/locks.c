// Deadlocks a forked child on a lock of glibc's that another thread of the parent holds: `locks KIND`.
// Prints "CHILD PARENT", and ends when its standard input does.
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

pthread_mutex_t victim_mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t special;
pthread_rwlock_t victim_rwlock = PTHREAD_RWLOCK_INITIALIZER;
sem_t victim_semaphore;
static pthread_mutex_t *heap;
static const char *kind;
static int pipe_of_thread[2];

static void take(void) {
    if (!strcmp(kind, "mutex")) pthread_mutex_lock(&victim_mutex);
    else if (!strcmp(kind, "heap")) pthread_mutex_lock(heap);
    else if (!strcmp(kind, "rwlock")) pthread_rwlock_wrlock(&victim_rwlock);
    else if (!strcmp(kind, "semaphore")) sem_wait(&victim_semaphore);
    else pthread_mutex_lock(&special);
}

static void *holder(void *unused) {
    (void)unused;
    pthread_setname_np(pthread_self(), "log-flusher");
    take();
    if (write(pipe_of_thread[1], "x", 1) != 1) abort();
    for (;;) pause();
}

int main(int count, char **words) {
    kind = count > 1 ? words[1] : "mutex";
    heap = malloc(sizeof *heap);
    pthread_mutex_init(heap, 0);
    sem_init(&victim_semaphore, 0, 1);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (!strcmp(kind, "recursive")) pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    if (!strcmp(kind, "errorcheck")) pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    if (!strcmp(kind, "robust")) pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&special, &attributes);
    if (pipe(pipe_of_thread)) abort();
    pthread_t thread;
    char byte;
    if (pthread_create(&thread, 0, holder, 0) || read(pipe_of_thread[0], &byte, 1) != 1) abort();
    pid_t parent = getpid(), child = fork();
    if (child < 0) abort();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(0);
        take();
        _exit(0);
    }
    printf("%d %d\n", child, parent);
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {}
    kill(child, SIGKILL);
    return 0;
}
