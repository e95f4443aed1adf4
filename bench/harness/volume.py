"""A fresh place to work in: an ext4 of its own in a loop-mounted file where mounting is allowed, else a plain folder.

On a file system where a tree was just deleted, ext4 looks longer for free inodes, and whoever comes next pays for it.
"""
import contextlib
import os
import shutil
import subprocess
import tempfile

LOOP, FOLDER = 'fresh loop-mounted ext4', 'plain folder'


def _quiet(*arguments):
    return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def _mounted(image, mount, size):
    with open(image, 'wb') as file:
        file.truncate(size)
    return (_quiet('mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image)
            and _quiet('mount', '-o', 'loop', image, mount))


@contextlib.contextmanager
def fresh(work, size, loop=True):
    """Gives (folder, kind of volume); all of it is gone afterwards."""
    folder = tempfile.mkdtemp(prefix='volume-', dir=work)
    image, mount = os.path.join(folder, 'image'), os.path.join(folder, 'mount')
    os.mkdir(mount)
    is_mounted = loop and os.geteuid() == 0 and _mounted(image, mount, size)
    try:
        yield mount, LOOP if is_mounted else FOLDER
    finally:
        if is_mounted and not _quiet('umount', mount):
            _quiet('umount', '-l', mount)
        shutil.rmtree(folder, ignore_errors=True)


def stored(folder):
    """(sum of file sizes, bytes of blocks taken, files) below a folder."""
    size = blocks = files = 0
    for where, _, names in os.walk(folder):
        for name in names:
            entry = os.lstat(os.path.join(where, name))
            size, blocks, files = size + entry.st_size, blocks + entry.st_blocks * 512, files + 1
    return size, blocks, files
