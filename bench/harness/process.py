"""Runs a program and measures it: CPU seconds of the whole process tree, wall seconds, the largest process."""
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _end_with_parent():
    """What is measured must not outlive the harness, however that ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Measured:
    """What a program cost. CPU is user and system time of the process and of all descendants that were waited for."""

    def __init__(self, status, usage, wall, peak):
        self.exit = os.waitstatus_to_exitcode(status)
        self.user, self.system = usage.ru_utime, usage.ru_stime
        self.wall = wall
        # The largest single process of the tree, but never less than whoever started it: see run_apart.
        self.rss = usage.ru_maxrss * 1024
        self.peak = peak

    @property
    def cpu(self):
        return self.user + self.system

    def row(self):
        return {'exit': self.exit, 'cpu': round(self.cpu, 3), 'user': round(self.user, 3), 'system': round(self.system, 3),
                'wall': round(self.wall, 3), 'rss': self.rss, 'vmhwm': self.peak}


def memory_of(pid):
    """(VmRSS, VmHWM) of a running process in bytes; None when it has gone."""
    try:
        with open('/proc/%d/status' % pid) as file:
            lines = dict(line.split(':', 1) for line in file if line.startswith('Vm'))
        return int(lines['VmRSS'].split()[0]) * 1024, int(lines['VmHWM'].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def cpu_of(pid):
    """CPU seconds of a running process and of its children that ended; None when it has gone."""
    try:
        with open('/proc/%d/stat' % pid) as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return sum(int(fields[i]) for i in (11, 12, 13, 14)) / os.sysconf('SC_CLK_TCK')
    except (OSError, IndexError):
        return None


def run(arguments, log, cwd=None, env=None, watch=None, every=0.05):
    """Runs ARGUMENTS to its end with standard output in LOG and standard error in LOG.err.

    WATCH(pid, seconds) is called every EVERY seconds while it runs; the high-water mark of its memory is sampled as often.
    """
    peak = [0]
    ended = threading.Event()

    def sample(pid, began):
        while not ended.is_set():
            memory = memory_of(pid)
            if memory:
                peak[0] = max(peak[0], memory[1])
            if watch and memory:
                watch(pid, time.monotonic() - began)
            ended.wait(every)

    with open(log, 'ab') as out, open(log + '.err', 'ab') as err:
        began = time.monotonic()
        process = subprocess.Popen(arguments, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=_end_with_parent)
        sampler = threading.Thread(target=sample, args=(process.pid, began))
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            ended.set()
            sampler.join()
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(status, usage, wall, peak[0])


def last_lines(log, count=5):
    """The end of what a program said, for a report of why it failed."""
    said = []
    for name in (log, log + '.err'):
        with open(name, 'rb') as file:
            said += file.read()[-4000:].decode('utf-8', 'replace').splitlines()[-count:]
    return ' | '.join(said)


def run_apart(arguments, log, cwd, env):
    """As run, but started by a process of its own, which is small, so that the memory of small programs can be seen."""
    order = json.dumps({'arguments': arguments, 'log': log, 'cwd': cwd, 'env': env})
    done = subprocess.run([sys.executable, '-I', '-S', os.path.abspath(__file__)], input=order, stdout=subprocess.PIPE, text=True, check=True,
                          preexec_fn=_end_with_parent)
    return json.loads(done.stdout)


if __name__ == '__main__':
    print(json.dumps(run(**json.load(sys.stdin), every=0.1).row()))
