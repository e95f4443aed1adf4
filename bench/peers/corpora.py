"""The corpora of the comparison, made once by make-corpus.py and kept in a folder."""
import json
import os
import subprocess
import sys

from machine import ROOT
import trees

# How each is taken in: its folders as one submission each, or all of it as one; and how deep a submission lies.
SHAPES = {'cases': ('batch', 1), 'mixed': ('one', 0), 'large': ('one', 0)}


def generator():
    shared = os.environ.get('LANTAI_SHARED') or os.path.join(ROOT, '..', 'shared')
    return os.path.join(shared, 'bench', 'make-corpus.py')


def prepare(folder, work, name):
    """Makes a corpus unless it is there; gives its path and the digests of its files, and leaves it in the page cache."""
    path, sums = os.path.join(folder, name), os.path.join(work, name + '.digests')
    if not os.path.isdir(path):
        os.makedirs(folder, exist_ok=True)
        done = subprocess.run([sys.executable, generator(), folder, name])
        if done.returncode != 0:
            raise SystemExit('The corpus %s could not be made with %s.' % (name, generator()))
    expected = trees.digests(path)
    if os.path.exists(sums):
        with open(sums) as file:
            if json.load(file) != expected:
                raise SystemExit('The corpus %s is not what it was; remove it or %s.' % (path, sums))
    else:
        with open(sums, 'w') as file:
            json.dump(expected, file)
    return path, expected


def size(path):
    """(files, bytes) of a corpus."""
    files = total = 0
    for where, _, names in os.walk(path):
        for name in names:
            files, total = files + 1, total + os.lstat(os.path.join(where, name)).st_size
    return files, total
