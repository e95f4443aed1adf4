"""Bytes that Lantai adds to each object and to each package, seen from outside: what a store grows by when more comes in.

The files hold 1,000 bytes that do not compress and are all different, so whatever grows beyond them is overhead: frame
headers, manifests, the ledger, indexes, the catalogue. Two sizes of each shape are compared, so that what every store
has once does not count.
"""
import hashlib
import os
import shutil

import lantai
import process
import volume

LENGTH = 1000
FEW, MANY = 1000, 5000


def _make(folder, count, depth):
    for number in range(count):
        place = os.path.join(folder, *(['case-%06d' % number] if depth else []))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, 'file-%06d.bin' % number), 'wb') as file:
            file.write(hashlib.shake_128(b'%d' % number).digest(LENGTH))


def _parts(store):
    """Bytes by the top-level entries of a store."""
    sizes = {}
    for name in sorted(os.listdir(store)):
        path = os.path.join(store, name)
        sizes[name] = volume.stored(path)[0] if os.path.isdir(path) else os.lstat(path).st_size
    return sizes


def _stored(program, at, count, depth):
    source, store, env = at + '/in', at + '/store', lantai.environment(at)
    _make(source, count, depth)
    taken = ['--batch', source] if depth else [source]
    for arguments in (['init'], ['ingest', '--characterize', 'none', *taken], ['seal']):
        done = process.run([program, '--store', store, *arguments], at + '/log', env=env)
        if done.exit != 0:
            raise SystemExit('overhead: %s: %s' % (arguments[0], process.last_lines(at + '/log')))
    parts = _parts(store)
    shutil.rmtree(source)
    shutil.rmtree(store)
    return parts


def _growth(program, at, depth):
    few, many = _stored(program, at, FEW, depth), _stored(program, at, MANY, depth)
    each = {name: (size - few.get(name, 0)) / (MANY - FEW) for name, size in many.items()}
    return {name: round(size, 1) for name, size in each.items() if abs(size) >= 0.05}


def measure(program, at):
    """A row: bytes of overhead per object, and per package beyond its one object, with the parts of the store they lie in."""
    one, many = _growth(program, at, 0), _growth(program, at, 1)
    per_object = sum(one.values()) - LENGTH
    return {'kind': 'overhead', 'length': LENGTH, 'from': FEW, 'to': MANY, 'object': round(per_object, 1),
            'package': round(sum(many.values()) - LENGTH - per_object, 1), 'object_parts': one, 'package_parts': many}
