"""The program under measurement: published as it is deployed, with keys of its own in the work folder."""
import json
import os
import shutil
import subprocess

from machine import ROOT

def publish(work):
    """Publishes the head of the repository and gives the executable's path."""
    target = os.path.join(work, 'published')
    shutil.rmtree(target, ignore_errors=True)
    log = os.path.join(work, 'publish.log')
    with open(log, 'wb') as out:
        done = subprocess.run([os.path.join(ROOT, 'tools', 'publish'), target], stdout=out, stderr=out)
    if done.returncode != 0:
        raise SystemExit('tools/publish failed, see ' + log)
    return os.path.join(target, 'lantai')


def environment(work):
    """The environment of every run: English, plain, the keys in the work folder."""
    keys = os.path.join(work, 'keys')
    os.makedirs(keys, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(('LANTAI_', 'DOTNET_'))}
    if 'DOTNET_ROOT' in os.environ:
        kept['DOTNET_ROOT'] = os.environ['DOTNET_ROOT']
    return kept | {'LANTAI_KEYS': keys, 'LC_ALL': 'C.UTF-8', 'LANG': 'C.UTF-8', 'DOTNET_NOLOGO': '1'}


def knows(program, command, option):
    """Whether a command has an option, by its help."""
    done = subprocess.run([program, *command, '--help', '--lang', 'en'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return done.returncode == 0 and option in done.stdout.split()


def ask(program, env, *arguments):
    """Runs a command with --json and gives (exit code, answer)."""
    done = subprocess.run([program, *arguments, '--json'], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        raise RuntimeError('%s gave no answer (exit %d): %s' % (arguments[0], done.returncode, done.stderr[-500:]))
