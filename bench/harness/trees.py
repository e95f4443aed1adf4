"""Digests of trees, to check what a tool gave back against what it was given."""
import collections
import concurrent.futures
import hashlib
import os


def _digest(path):
    with open(path, 'rb', buffering=0) as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def digests(root):
    """Relative path to SHA-256 of every file below ROOT."""
    paths = [os.path.join(where, name) for where, _, names in os.walk(root) for name in names]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return {os.path.relpath(path, root): digest for path, digest in zip(paths, pool.map(_digest, paths))}


def same_tree(expected, root):
    """Why the tree ROOT is not exactly EXPECTED; None when it is."""
    found = digests(root)
    if found == expected:
        return None
    missing, extra = len(expected.keys() - found.keys()), len(found.keys() - expected.keys())
    changed = sum(1 for path in expected.keys() & found.keys() if expected[path] != found[path])
    return '%d files missing, %d too many, %d changed' % (missing, extra, changed)


def _ends(path):
    parts = path.split('/')
    return ('/'.join(parts[i:]) for i in range(len(parts)))


def holds(expected, root, depth):
    """Why ROOT does not hold every file of EXPECTED under its path without the first DEPTH folders; None when it does.

    A package adds files of its own and may lay out its packages as it likes, but each file must be there with its path
    inside its package and its bytes, as many times as it was given.
    """
    wanted = collections.Counter(('/'.join(path.split('/')[depth:]), digest) for path, digest in expected.items())
    found = collections.Counter()
    for path, digest in digests(root).items():
        found.update((end, digest) for end in _ends(path) if (end, digest) in wanted)
    missing = wanted - found
    return '%d files missing or changed' % sum(missing.values()) if missing else None
