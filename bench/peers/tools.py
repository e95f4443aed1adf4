"""The tools of the comparison: how each stores, verifies and gives back a folder.

A tool is a list of steps (operation, command line, working folder). Each works below the folder of its repetition: what it
keeps goes to `store`, what it gives back to `out`, its caches and passwords lie in `home` and are not counted as stored.
"""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'harness'))
import lantai  # noqa: E402
import machine  # noqa: E402


class Step:
    """One measured command. Steps with the operation `prepare` are not measured."""

    def __init__(self, operation, arguments, cwd=None, check=None):
        self.operation, self.arguments, self.cwd, self.check = operation, arguments, cwd, check


class Tool:
    """A peer; VERSION is None when it is not installed."""

    def __init__(self, name, version, steps, env=None, stored='store'):
        self.name, self.version, self.steps, self.stored = name, version, steps, stored
        self.env = env or (lambda home: dict(os.environ))


def shell(script, *arguments):
    """A shell command whose $1… are ARGUMENTS; a failing part fails the whole."""
    return ['bash', '-c', 'set -e -o pipefail; ' + script, 'bash', *arguments]


def restic():
    def steps(source, at):
        repo = ['restic', '-q', '-r', at + '/store']
        parent, name = os.path.split(source)
        return [Step('prepare', repo + ['init']),
                Step('store', repo + ['backup', name], cwd=parent),
                Step('verify', repo + ['check', '--read-data']),
                Step('restore', repo + ['restore', 'latest', '--target', at + '/out'], check='tree')]

    def env(home):
        with open(home + '/password', 'w') as file:
            file.write('bench\n')
        return dict(os.environ) | {'RESTIC_PASSWORD_FILE': home + '/password', 'RESTIC_CACHE_DIR': home + '/cache'}
    return Tool('restic', machine.said('restic', 'version'), steps, env)


def borg():
    def steps(source, at):
        parent, name = os.path.split(source)
        return [Step('prepare', ['borg', 'init', '-e', 'none', at + '/store']),
                Step('store', ['borg', 'create', '-C', 'lz4', at + '/store::one', name], cwd=parent),
                Step('verify', ['borg', 'check', '--verify-data', at + '/store']),
                Step('restore', ['borg', 'extract', at + '/store::one'], cwd=at + '/out', check='tree')]

    def env(home):
        return dict(os.environ) | {'BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK': 'yes', 'BORG_BASE_DIR': home}
    return Tool('borg', machine.said('borg', '--version'), steps, env)


def _coreutils():
    said = machine.said('sha256sum', '--version')
    return said and 'coreutils ' + said.split(')')[1].split()[0]


def copy():
    def steps(source, at):
        parent, name = os.path.split(source)
        return [Step('store', shell('cp -r "$1/$2" "$3/store/"; cd "$3/store"; find "$2" -type f -print0 | xargs -0 sha256sum > sums; sync -f .', parent, name, at)),
                Step('verify', ['sha256sum', '--quiet', '-c', 'sums'], cwd=at + '/store'),
                Step('restore', shell('cp -r "$1/store/$2" "$1/out/"; cd "$1/out"; sha256sum --quiet -c ../store/sums; sync -f .', at, name), check='tree')]
    return Tool('cp -r + sha256sum', _coreutils(), steps)


def hashdeep():
    def steps(source, at):
        parent, name = os.path.split(source)
        return [Step('store', shell('cd "$1"; hashdeep -j2 -c sha256 -r -l "$2" > "$3/store/sums"', parent, name, at)),
                Step('verify', shell('cd "$1"; hashdeep -j2 -c sha256 -r -l -a -k "$3/store/sums" "$2"', parent, name, at))]
    version = machine.said('hashdeep', '-V')
    return Tool('hashdeep -j2', version and 'hashdeep ' + version, steps)


def own(program, work, shape):
    """Lantai: a corpus whose folders are one submission each (SHAPE `batch`), or is one submission (`one`)."""
    restores = lantai.knows(program, ['dip', 'build'], '--all')
    without = lantai.knows(program, ['dip', 'build'], '--no-proof')

    def steps(source, at):
        said = [program, '--store', at + '/store']
        taken = ['--batch', source] if shape == 'batch' else [source]
        # The peers do not look at what they store: for the same work, neither does this.
        plain = ['--characterize', 'none'] if lantai.knows(program, ['ingest'], '--characterize') else []
        plan = [Step('prepare', said + ['init']),
                Step('store', said + ['ingest', *plain, *taken]),
                Step('verify', said + ['audit', '--cached']),
                Step('verify deep', said + ['audit', '--deep', '--cached'])]
        build = said + ['dip', 'build', '--all', '--form', 'folder']
        if restores and without:
            plan.append(Step('restore', build + ['--no-proof', '--out', at + '/out/files'], check='held'))
        if restores:
            plan.append(Step('restore with proofs', build + ['--out', at + '/out/proofs'], check='held'))
        return plan
    return Tool('lantai', machine.said(program, '--version'), steps, lambda home: lantai.environment(home))


def all_tools(program, work, shape):
    return [own(program, work, shape), restic(), borg(), copy(), hashdeep()]


def is_there(tool):
    return tool.version is not None and (tool.name == 'lantai' or shutil.which(tool.name.split()[0]) is not None)
