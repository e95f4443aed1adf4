"""What each shape does and what must hold at its end."""
import os
import random
import shutil
import signal
import statistics

import inputs
import killed
import lantai
import process
import volume
import watch

FILES, LARGE, SUBMISSIONS, LISTED, TIMES = 1_000_000, 16 << 30, 200_000, 100_000, 5


class Place:
    """Where the shapes work, and at which share of their size."""

    def __init__(self, program, work, scale):
        self.program, self.scale = program, scale
        self.folder = os.path.join(work, 'shapes')
        self.env = lantai.environment(work)
        os.makedirs(self.folder, exist_ok=True)

    def count(self, full):
        return max(10, int(full * self.scale))

    def path(self, name):
        return os.path.join(self.folder, name)

    def command(self, store, *arguments):
        return [self.program, '--store', self.path(store), *arguments]

    def fresh(self, store):
        """An empty store; whatever lay there goes."""
        shutil.rmtree(self.path(store), ignore_errors=True)
        self.must(store, 'init')

    def must(self, store, *arguments):
        """Runs a command that must end with 0; gives what it cost."""
        log = self.path('log')
        done = process.run(self.command(store, *arguments), log, env=self.env)
        if done.exit != 0:
            raise RuntimeError('%s ended with %d: %s' % (arguments[0], done.exit, process.last_lines(log)))
        return done

    def ask(self, store, *arguments):
        code, answer = lantai.ask(self.program, self.env, '--store', self.path(store), *arguments)
        if code != 0:
            raise RuntimeError('%s ended with %d: %s' % (arguments[0], code, answer.get('problem') or answer.get('findings', [])[:3]))
        return answer

    def clean(self, still):
        """Removes what none of the shapes that are STILL to come uses."""
        shared = {'batch', 'batch.made', 'batch-store'} if {'killed', 'rebuild'} & set(still) else set()
        for name in set(os.listdir(self.folder)) - shared:
            path = self.path(name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)


def _watched(place, store, total, *arguments, key='files'):
    done, series = watch.run(place.command(store, *arguments), place.path('log'), place.env, key)
    row = {'total': total, 'unit': key} | done.row() | watch.rates(series, total) | {'series': watch.thinned(series)}
    if done.exit != 0:
        row['wrong'] = process.last_lines(place.path('log'))
    return row


def _sized(place, store):
    size, blocks, _ = volume.stored(place.path(store))
    return {'stored': size, 'blocks': blocks}


def _counted(place, store, **wanted):
    """Fails when the store does not count what it should hold."""
    stats = place.ask(store, 'stats')
    for name, count in wanted.items():
        if stats[name] != count:
            raise RuntimeError('stats says %s %s, not %s' % (stats[name], name, count))
    return {name: stats[name] for name in ('aips', 'files', 'bytes', 'frames', 'events')}


def files(place):
    """One submission of a million files of 200 bytes."""
    count = place.count(FILES)
    source = inputs.many_files(place.path('files'), count)
    place.fresh('files-store')
    row = _watched(place, 'files-store', count, 'ingest', '--characterize', 'none', source)
    return row if 'wrong' in row else row | _sized(place, 'files-store') | _counted(place, 'files-store', aips=1, files=count)


def large(place):
    """One file of 16 GiB."""
    length = place.count(LARGE)
    source = inputs.large_file(place.path('large.bin'), length)
    place.fresh('large-store')
    row = _watched(place, 'large-store', length, 'ingest', '--characterize', 'none', source, key='bytes')
    return row if 'wrong' in row else row | _sized(place, 'large-store') | _counted(place, 'large-store', aips=1, bytes=length)


def batch(place):
    """200,000 submissions of one file in a batch. Its store stays for the rebuild."""
    count = place.count(SUBMISSIONS)
    source = inputs.many_submissions(place.path('batch'), count)
    place.fresh('batch-store')
    row = _watched(place, 'batch-store', count, 'ingest', '--characterize', 'none', '--batch', source)
    return row if 'wrong' in row else row | _sized(place, 'batch-store') | _counted(place, 'batch-store', aips=count, files=count)


def killed_batch(place):
    """The same batch, killed with SIGKILL in its middle and run again."""
    count = place.count(SUBMISSIONS)
    source = inputs.many_submissions(place.path('batch'), count)
    place.fresh('killed-store')
    moment = int(count * random.uniform(0.3, 0.7))

    def stop(pid, progress):
        if progress.get('files', 0) >= moment:
            os.kill(pid, signal.SIGKILL)

    first, _ = watch.run(place.command('killed-store', 'ingest', '--characterize', 'none', '--batch', source), place.path('first'), place.env, stop=stop)
    if first.exit != -signal.SIGKILL:
        raise RuntimeError('the batch ended with %d before it was killed' % first.exit)
    second, series = watch.run(place.command('killed-store', 'ingest', '--characterize', 'none', '--batch', source), place.path('second'), place.env)
    if second.exit != 0:
        raise RuntimeError('the second run ended with %d: %s' % (second.exit, process.last_lines(place.path('second'))))
    row = killed.compare(place.path('first'), place.path('second'), count) | {'killed_at': moment}
    row |= second.row() | {'first': first.row(), 'series': watch.thinned(series)} | _sized(place, 'killed-store')
    row |= _counted(place, 'killed-store', aips=count, versions=count, files=count)
    return row | {'audit': place.must('killed-store', 'audit').row(), 'verify': place.must('killed-store', 'verify').row()}


def commands(place):
    """How long short commands take, with start-up, on a store of 100,000 packages."""
    count = place.count(LISTED)
    source = inputs.many_submissions(place.path('listed'), count)
    place.fresh('listed-store')
    place.must('listed-store', 'ingest', '--characterize', 'none', '--batch', source)
    aip = place.ask('listed-store', 'list', '--take', '1')
    name = _first_id(aip)
    row = {'total': count}
    for key, arguments in (('show', ['show', name]), ('list', ['list']), ('stats', ['stats'])):
        row[key] = _times([place.must('listed-store', *arguments) for _ in range(TIMES)])
    fresh = []
    for number in range(TIMES):
        fresh.append(place.must('init-%d' % number, 'init'))
    return row | {'init': _times(fresh)}


def _first_id(answer):
    """The id of a package in the answer of `list`, whatever its list is called."""
    for value in answer.values():
        if isinstance(value, list) and value and isinstance(value[0], dict) and 'aip' in value[0]:
            return value[0]['aip']
    raise RuntimeError('list named no package')


def _times(runs):
    walls = [run.wall for run in runs]
    return {'wall': round(statistics.median(walls), 3), 'min': round(min(walls), 3), 'max': round(max(walls), 3),
            'cpu': round(statistics.median(run.cpu for run in runs), 3), 'rss': max(run.rss for run in runs)}


def rebuild(place):
    """Index and catalogue made anew from the ledger of the batch's store."""
    if not os.path.isdir(place.path('batch-store')):
        made = batch(place)
        if 'wrong' in made:
            raise RuntimeError(made['wrong'])
    before = place.ask('batch-store', 'stats')
    row = _watched(place, 'batch-store', before['events'], 'rebuild')
    if 'wrong' not in row:
        row['events_per_second'] = round(before['events'] / row['wall'], 1)
        row['events_per_cpu_second'] = round(before['events'] / row['cpu'], 1)
        _counted(place, 'batch-store', aips=before['aips'], files=before['files'])
    return row


ALL = {'files': files, 'large': large, 'batch': batch, 'killed': killed_batch, 'commands': commands, 'rebuild': rebuild}
