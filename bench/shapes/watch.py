"""Runs a long command and keeps how it went: progress, memory and CPU in each second, and what they come to."""
import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'harness'))
import process  # noqa: E402

POINTS = 60


class Progress:
    """The last JSON line of `--progress json` in a file that grows."""

    def __init__(self, path):
        self.path, self.at, self.rest, self.last = path, 0, b'', {}

    def read(self):
        if os.path.exists(self.path):
            with open(self.path, 'rb') as file:
                file.seek(self.at)
                new = file.read()
            self.at += len(new)
            *lines, self.rest = (self.rest + new).split(b'\n')
            for line in lines:
                if line.startswith(b'{"seconds"'):
                    self.last = json.loads(line)
        return self.last


def run(arguments, log, env, key='files', stop=None):
    """Runs a command with `--progress json` and gives (what it cost, its time series).

    STOP(pid, progress) is called at every look; it may end the process.
    """
    for name in (log, log + '.err'):
        if os.path.exists(name):
            os.remove(name)
    progress, series, gate = Progress(log + '.err'), [], threading.Lock()

    def look(pid, seconds):
        last = progress.read()
        if stop:
            stop(pid, last)
        memory, cpu = process.memory_of(pid), process.cpu_of(pid)
        if memory and cpu is not None and (not series or seconds - series[-1]['t'] >= 0.5):
            with gate:
                series.append({'t': round(seconds, 2), 'cpu': cpu, 'rss': memory[0], 'done': last.get(key, 0)})

    done = process.run([*arguments, '--progress', 'json'], log, env=env, watch=look, every=0.1)
    last = progress.read()
    series.append({'t': round(done.wall, 2), 'cpu': round(done.cpu, 2), 'rss': 0, 'done': last.get(key, 0)})
    return done, series


def _when(series, amount, axis):
    """The value of AXIS at which AMOUNT was done, between two looks in proportion."""
    for before, after in zip(series, series[1:]):
        if after['done'] >= amount:
            step = after['done'] - before['done']
            return before[axis] + (after[axis] - before[axis]) * ((amount - before['done']) / step if step else 0)
    return series[-1][axis]


def rates(series, total):
    """Rates of the first and the last tenth of the work in each second and in each CPU second, and the time before and after.

    The tenths are tenths of the work. `before` is the time until something was done, `after` that from the end of the
    visible work to the end of the process; the tenths do not hold them.
    """
    first = next((i for i, point in enumerate(series) if point['done'] > 0), None)
    if first is None:
        return {}
    series = series[max(first - 1, 0):]
    found = {'before': round(series[0]['t'], 1)}
    for axis, name in (('t', 'second'), ('cpu', 'cpu_second')):
        start, end = _when(series, total * 0.1, axis) - series[0][axis], _when(series, total, axis) - _when(series, total * 0.9, axis)
        if start > 0 and end > 0:
            found[name] = {'first': round(total * 0.1 / start, 1), 'last': round(total * 0.1 / end, 1), 'ratio': round(start / end, 3)}
    finished = _when(series, total, 't')
    found['after'] = round(series[-1]['t'] - finished, 1)
    found['after_cpu'] = round(series[-1]['cpu'] - _when(series, total, 'cpu'), 1)
    return found


def thinned(series):
    """At most POINTS points of a series, the first and the last among them, and that of the highest memory."""
    if len(series) <= POINTS:
        return series
    wanted = {round(i * (len(series) - 1) / (POINTS - 1)) for i in range(POINTS)}
    wanted.add(max(range(len(series)), key=lambda i: series[i]['rss']))
    return [series[i] for i in sorted(wanted)]
