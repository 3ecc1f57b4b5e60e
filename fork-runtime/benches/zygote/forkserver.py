"""Python's forkserver, one process at a time, until it is joined: forkserver.py MEGABYTES

Each line of standard input is a count; the answer is the nanoseconds that one of so many took.
"""

import multiprocessing
import sys
import time


def nothing():
    pass


def main():
    context = multiprocessing.get_context("forkserver")

    def one():
        process = context.Process(target=nothing)
        process.start()
        process.join()

    one()
    memory = bytearray(int(sys.argv[1]) << 20)
    for at in range(0, len(memory), 4096):
        memory[at] = 1
    for line in sys.stdin:
        start = time.perf_counter_ns()
        for _ in range(int(line)):
            one()
        print((time.perf_counter_ns() - start) / int(line), flush=True)


if __name__ == "__main__":
    main()
