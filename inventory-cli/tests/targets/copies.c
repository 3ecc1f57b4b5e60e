// What a fork copies and nobody has touched yet: locks that another thread holds, output that is not written, handlers.
// Prints "CHILD PARENT", and ends when its standard input does. With "flushed" the fork copies nothing of that.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

pthread_mutex_t victim_mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t own_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *heap;
static int pipe_of_thread[2];

void on_term(int signal) { (void)signal; }

static void *holder(void *clean) {
    pthread_setname_np(pthread_self(), "log-flusher");
    if (!clean) {
        pthread_mutex_lock(&victim_mutex);
        pthread_mutex_lock(heap);
    }
    if (write(pipe_of_thread[1], "x", 1) != 1) abort();
    for (;;) pause();
}

int main(int count, char **words) {
    void *clean = count > 1 && !strcmp(words[1], "flushed") ? words[1] : 0;
    heap = malloc(sizeof *heap);
    pthread_mutex_init(heap, 0);
    pthread_mutex_lock(&own_mutex);
    signal(SIGTERM, on_term);
    signal(SIGPIPE, SIG_IGN);
    if (pipe(pipe_of_thread)) abort();
    pthread_t thread;
    char byte;
    if (pthread_create(&thread, 0, holder, clean) || read(pipe_of_thread[0], &byte, 1) != 1) abort();
    FILE *orders = tmpfile();
    if (!orders || fprintf(orders, "order 4711 committed\n") != 21) abort();
    if (clean) fflush(orders);
    pid_t parent = getpid(), child = fork();
    if (child < 0) abort();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(0);
        for (;;) pause();
    }
    dprintf(1, "%d %d\n", child, parent);
    while (read(0, &byte, 1) > 0) {}
    kill(child, SIGKILL);
    _exit(0);
}
