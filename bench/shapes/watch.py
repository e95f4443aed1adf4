"""Runs a long command and keeps how it went: progress, memory and CPU in each second, and what they come to."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'harness'))
import process  # noqa: E402

POINTS = 60


class Progress:
    """The JSON lines of `--progress json` in a file that grows."""

    def __init__(self, path):
        self.path, self.at, self.rest, self.last = path, 0, b'', {}

    def read(self):
        """The last line so far; the same object again when none came."""
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

    The series has a point for each line of progress, and in quiet times one a second: `t` wall seconds since the start of
    the process, `cpu` its CPU seconds, `rss` its memory, `done` the work; `line` says that the point is a line of progress.
    STOP(pid, progress) is called at every look; it may end the process.
    """
    for name in (log, log + '.err'):
        if os.path.exists(name):
            os.remove(name)
    progress, series = Progress(log + '.err'), []

    def look(pid, seconds):
        before = progress.last
        last = progress.read()
        if stop:
            stop(pid, last)
        memory, cpu = process.memory_of(pid), process.cpu_of(pid)
        if memory and cpu is not None and (last is not before or not series or seconds - series[-1]['t'] >= 1):
            series.append({'t': round(seconds, 2), 'cpu': cpu, 'rss': memory[0], 'done': last.get(key, 0), 'line': last is not before})

    done = process.run([*arguments, '--progress', 'json'], log, env=env, watch=look, every=0.05)
    last = progress.read()
    series.append({'t': round(done.wall, 2), 'cpu': round(done.cpu, 2), 'rss': 0, 'done': last.get(key, 0), 'line': False})
    return done, series


def _when(lines, amount, axis):
    """The value of AXIS at which AMOUNT was done, between two lines of progress in proportion."""
    for before, after in zip(lines, lines[1:]):
        if after['done'] >= amount:
            step = after['done'] - before['done']
            return before[axis] + (after[axis] - before[axis]) * ((amount - before['done']) / step if step else 0)
    return lines[-1][axis]


def rates(series, total):
    """Rates of a tenth of the work at its start and at its end, in each second and in each CPU second.

    The first tenth begins at the first line of progress, the last one ends at the last line at which something was left to
    do: so both lie between moments that are known. `before` is the time from the start of the process to the first,
    `after` that from the last to the end of the process. Nothing is said of a work of fewer than twenty lines.
    """
    lines = [point for point in series if point['line']]
    begun = [i for i, point in enumerate(lines) if point['done'] > 0]
    lines = lines[max(begun[0] - 1, 0):] if begun else []
    busy = [point for point in lines if point['done'] < total]
    if len(busy) < 20:
        return {}
    first, last = busy[0], busy[-1]
    found = {'before': round(first['t'], 1), 'after': round(series[-1]['t'] - last['t'], 1), 'after_cpu': round(series[-1]['cpu'] - last['cpu'], 1)}
    for axis, name in (('t', 'second'), ('cpu', 'cpu_second')):
        start = _when(lines, first['done'] + total * 0.1, axis) - first[axis]
        end = last[axis] - _when(lines, last['done'] - total * 0.1, axis)
        if start > 0 and end > 0:
            found[name] = {'first': round(total * 0.1 / start, 1), 'last': round(total * 0.1 / end, 1), 'ratio': round(start / end, 3)}
    return found


def thinned(series):
    """At most POINTS points of a series, the first and the last among them, and that of the highest memory."""
    if len(series) <= POINTS:
        return series
    wanted = {round(i * (len(series) - 1) / (POINTS - 1)) for i in range(POINTS)}
    wanted.add(max(range(len(series)), key=lambda i: series[i]['rss']))
    return [series[i] for i in sorted(wanted)]
