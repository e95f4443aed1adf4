"""Compares what a killed batch had acknowledged with what the same command said when it was run again."""
import re

SAID = re.compile(r'^(kept|held)\s+(\S+)\s+([0-9a-f-]{36})@(\d+)')


def read(path):
    """Submission to (outcome, package, version), of every whole line that was said."""
    found = {}
    with open(path, encoding='utf-8', errors='replace') as file:
        for line in file:
            match = SAID.match(line) if line.endswith('\n') else None
            if match:
                found[match[2]] = (match[1], match[3], match[4])
    return found


def compare(first, second, count):
    """Fails unless all COUNT are said at last, and what was acknowledged is recognised under the same package.

    More may be held than was acknowledged: the process may die between the disk and the screen.
    """
    before, after = read(first), read(second)
    if len(after) != count:
        raise RuntimeError('the second run named %d submissions, not %d' % (len(after), count))
    lost = [name for name, (_, aip, version) in before.items() if after.get(name) != ('held', aip, version)]
    if lost:
        raise RuntimeError('%d acknowledged submissions were not recognised, such as %s' % (len(lost), lost[0]))
    held = sum(1 for outcome, _, _ in after.values() if outcome == 'held')
    if len({aip for _, aip, _ in after.values()}) != count:
        raise RuntimeError('a package was named for two submissions')
    return {'total': count, 'acknowledged': len(before), 'held': held, 'kept_then': count - held}
