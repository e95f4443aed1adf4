"""What a measurement ran on: processor, memory, kernel, file system, versions, date, commit."""
import datetime
import os
import re
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def said(*arguments):
    """What a program prints, in one line; None when it is not there."""
    try:
        done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    except OSError:
        return None
    return ' '.join(done.stdout.split()) if done.returncode == 0 else None


def _cpuinfo(key):
    with open('/proc/cpuinfo') as file:
        found = re.search(r'^%s\s*:\s*(.*)$' % re.escape(key), file.read(), re.M)
    return found.group(1) if found else ''


def _memory():
    with open('/proc/meminfo') as file:
        return int(re.search(r'MemTotal:\s*(\d+)', file.read()).group(1)) * 1024


def describe(work):
    """The facts that go with every figure."""
    wanted = ('sha_ni', 'avx2', 'avx512f')
    flags = set(_cpuinfo('flags').split())
    changed = said('git', 'status', '--porcelain', '--untracked-files=no', '--', 'src')
    return {
        'date': datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%d %H:%MZ'),
        'commit': (said('git', 'rev-parse', '--short=12', 'HEAD') or 'unknown') + (' with changes' if changed else ''),
        'processor': '%s (%s family %s model %s)' % (_cpuinfo('model name'), _cpuinfo('vendor_id'), _cpuinfo('cpu family'), _cpuinfo('model')),
        'features': [f for f in wanted if f in flags],
        'cores': os.cpu_count(),
        'memory': _memory(),
        'kernel': os.uname().release,
        'filesystem': said('findmnt', '-n', '-o', 'FSTYPE,SOURCE', '--target', work) or 'unknown',
        'runtime': said('dotnet', '--version') or 'unknown',
        'load': os.getloadavg()[0],
    }
