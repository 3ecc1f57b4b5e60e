/* The least a template can do, as the measure of what the crate does. One mode a process:
 *
 *   prototype MODE MEGABYTES [PROGRAM]
 *
 * Each line of standard input is a count; the answer is the nanoseconds that one of so many took. The template is made
 * before the memory is taken.
 */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int control = -1;
static char *program = "/bin/true";

static void check(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

static double nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int send_with(int to, const void *data, size_t length, int fd)
{
    union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; } space;
    struct iovec part = {(void *)data, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    memset(&space, 0, sizeof space);
    if (fd >= 0) {
        message.msg_control = &space;
        message.msg_controllen = sizeof space.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    return sendmsg(to, &message, MSG_NOSIGNAL) >= 0;
}

static int receive_with(int from, void *data, size_t length, int *fd)
{
    union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; } space;
    struct iovec part = {data, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &space, .msg_controllen = sizeof space.room};
    ssize_t got = recvmsg(from, &message, MSG_CMSG_CLOEXEC);
    struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    *fd = -1;
    if (head && head->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(head), sizeof *fd);
    return got > 0;
}

/* Sets a worker up as the crate does, but for what the user asks for, and answers one byte. */
static void work(int socket, uint64_t robust, uint64_t robust_length)
{
    sigset_t none;
    syscall(SYS_set_robust_list, robust, robust_length);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (socket > 3)
        syscall(SYS_close_range, 3, socket - 1, 0);
    syscall(SYS_close_range, socket + 1, ~0U, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    _exit(write(socket, "x", 1) != 1);
}

static void serve(int orders)
{
    uint64_t tid_place = 0, robust = 0, robust_length = 0;
    sigset_t all;
    char order[64];
    int socket;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    prctl(PR_GET_TID_ADDRESS, &tid_place, 0, 0, 0);
    syscall(SYS_get_robust_list, 0, &robust, &robust_length);
    while (receive_with(orders, order, sizeof order, &socket)) {
        int pidfd = -1;
        struct clone_args args = {
            .flags = CLONE_PARENT | CLONE_PIDFD | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_CLEAR_SIGHAND,
            .pidfd = (uintptr_t)&pidfd,
            .child_tid = tid_place,
        };
        if (unshare(CLONE_VM))
            _exit(9);
        long pid = syscall(SYS_clone3, &args, sizeof args);
        if (pid == 0)
            work(socket, robust, robust_length);
        send_with(socket, &pid, sizeof pid, pidfd);
        close(socket);
        close(pidfd);
    }
    _exit(0);
}

static void template(void)
{
    int ends[2];
    check(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
    pid_t pid = fork();
    check(pid >= 0, "fork");
    if (pid == 0) {
        close(ends[0]);
        for (int i = 0; i < 50; i++)
            dup(1);
        serve(ends[1]);
    }
    close(ends[1]);
    control = ends[0];
}

static int ask(void)
{
    int ends[2];
    check(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
    check(send_with(control, "w", 1, ends[1]), "order");
    close(ends[1]);
    return ends[0];
}

/* The pid and the worker's byte come in either order. */
static void await(int socket)
{
    int pidfd = -1, fd;
    long said;
    siginfo_t info;
    for (int i = 0; i < 2; i++) {
        check(receive_with(socket, &said, sizeof said, &fd), "answer");
        if (fd >= 0)
            pidfd = fd;
    }
    check(!waitid(P_PIDFD, pidfd, &info, WEXITED), "waitid");
    close(pidfd);
    close(socket);
}

static void by_template(void)
{
    await(ask());
}

static void in_flight(void)
{
    int sockets[16];
    for (int i = 0; i < 16; i++)
        sockets[i] = ask();
    for (int i = 0; i < 16; i++)
        await(sockets[i]);
}

static void by_fork(void)
{
    pid_t pid = fork();
    check(pid >= 0, "fork");
    if (pid == 0)
        _exit(0);
    check(waitpid(pid, NULL, 0) == pid, "waitpid");
}

static void by_posix_spawn(void)
{
    char *words[] = {program, NULL};
    pid_t pid;
    check(!posix_spawn(&pid, program, NULL, NULL, words, environ), "posix_spawn");
    check(waitpid(pid, NULL, 0) == pid, "waitpid");
}

/* A process that was forked before and waits; only the hand-over is timed. */
static double hand_over(void)
{
    int ends[2];
    char byte;
    check(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
    pid_t pid = fork();
    check(pid >= 0, "fork");
    if (pid == 0) {
        close(ends[0]);
        _exit(read(ends[1], &byte, 1) != 1 || write(ends[1], "y", 1) != 1);
    }
    close(ends[1]);
    usleep(500);
    double start = nanoseconds();
    check(write(ends[0], "j", 1) == 1 && read(ends[0], &byte, 1) == 1, "hand-over");
    double end = nanoseconds();
    close(ends[0]);
    check(waitpid(pid, NULL, 0) == pid, "waitpid");
    return end - start;
}

int main(int count, char **words)
{
    if (count < 3)
        return 2;
    const char *mode = words[1];
    size_t bytes = (size_t)atol(words[2]) << 20;
    if (count > 3)
        program = words[3];
    template();
    if (bytes) {
        char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        check(memory != MAP_FAILED, "mmap");
        for (size_t at = 0; at < bytes; at += 4096)
            memory[at] = 1;
    }
    void (*one)(void) = !strcmp(mode, "fork") ? by_fork
        : !strcmp(mode, "posix_spawn") ? by_posix_spawn
        : !strcmp(mode, "template") ? by_template
        : !strcmp(mode, "in-flight") ? in_flight
        : NULL;
    int handing = !strcmp(mode, "hand-over");
    if (!one && !handing)
        return 2;
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        long times = atol(line);
        double total = 0, start = nanoseconds();
        for (long i = 0; i < times; i++) {
            if (handing)
                total += hand_over();
            else
                one();
        }
        if (!handing)
            total = nanoseconds() - start;
        printf("%.1f\n", total / times / (one == in_flight ? 16 : 1));
        fflush(stdout);
    }
    return 0;
}
