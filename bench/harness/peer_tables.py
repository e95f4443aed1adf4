"""The tables of the comparison with other tools, and what had to be reached there."""
import statistics

from words import machine_lines, megabytes, span, table, verdict

OPERATIONS = ('store', 'verify', 'verify deep', 'restore', 'restore with proofs')
# Corpus, Lantai's operation, quantity, peer, the peer's operation, the most that the ratio may be, and how the line is called.
LINES = [
    ('cases', 'store', 'cpu', 'borg', 'store', 0.62, 'ingest CPU'),
    ('cases', 'store', 'cpu', 'restic', 'store', 0.35, 'ingest CPU'),
    ('cases', 'verify', 'cpu', 'borg', 'verify', 0.50, '`audit` CPU to `check --verify-data`'),
    ('cases', 'verify deep', 'cpu', 'borg', 'verify', 1.00, '`audit --deep` CPU to `check --verify-data`'),
    ('cases', 'restore', 'cpu', 'borg', 'restore', 0.90, 'restore of all (`--no-proof`) CPU to `extract`'),
    ('cases', 'restore with proofs', 'cpu', 'borg', 'restore', None, 'restore of all with proofs, CPU to `extract`'),
    ('cases', 'store', 'stored', 'borg', 'store', 1.05, 'stored bytes to lz4'),
    ('mixed', 'store', 'cpu', 'borg', 'store', 0.75, 'one SIP, ingest CPU'),
]


class Runs:
    """The single runs of one session, by corpus, tool and operation. A tool that was wrong once has no figure there."""

    def __init__(self, rows):
        self.rows = [row for row in rows if row['kind'] == 'run']
        self.session = next((row for row in rows if row['kind'] == 'session'), {})
        self.corpora = {row['corpus']: row for row in rows if row['kind'] == 'corpus'}
        self.overhead = next((row for row in rows if row['kind'] == 'overhead'), None)

    def of(self, corpus, tool, operation):
        return [r for r in self.rows if (r['corpus'], r['tool'], r['operation']) == (corpus, tool, operation)]

    def values(self, corpus, tool, operation, quantity):
        found = self.of(corpus, tool, operation)
        return [] if any('wrong' in row for row in found) else [row[quantity] for row in found if quantity in row]

    def median(self, *key):
        values = self.values(*key)
        return statistics.median(values) if values else None


def _cell(runs, corpus, tool, operation):
    found = runs.of(corpus, tool, operation)
    if any('wrong' in row for row in found):
        return 'wrong: no figure'
    if not found:
        return 'not measured'
    memory = max(max(row['vmhwm'], row['rss']) for row in found)
    return '%s / %s / %d' % (span([r['cpu'] for r in found]), span([r['wall'] for r in found]), memory / 1e6)


def _corpus(runs, corpus):
    facts = runs.corpora[corpus]
    how = 'each folder a SIP, in one batch' if facts['shape'] == 'batch' else 'one SIP'
    head = ['tool', *OPERATIONS, 'stored MB', 'on disk MB', 'files']
    lines = []
    for tool in runs.session['versions']:
        cells = [_cell(runs, corpus, tool, operation) if operation in OPERATIONS[:2] + OPERATIONS[3:4] or tool == 'lantai' else '-' for operation in OPERATIONS]
        sizes = [runs.median(corpus, tool, 'store', q) for q in ('stored', 'blocks', 'files')]
        cells += ['-'] * 3 if sizes[0] is None else [megabytes(sizes[0]), megabytes(sizes[1]), '%d' % sizes[2]]
        lines.append([tool, *cells])
    title = '**%s**: %s files, %s MB; for Lantai %s.' % (corpus, format(facts['files'], ','), megabytes(facts['bytes']), how)
    return title + '\n\n' + table(head, lines)


def _reached(runs):
    lines = []
    for corpus, operation, quantity, peer, theirs, most, name in LINES:
        own, other = runs.median(corpus, 'lantai', operation, quantity), runs.median(corpus, peer, theirs, quantity)
        ratio = own / other if own is not None and other else None
        lines.append([corpus, '%s, of %s' % (name, peer), '-' if most is None else '≤ %.2f' % most,
                      'not measured' if ratio is None else '%.3f' % ratio, verdict(ratio, most)])
    return table(['corpus', 'ratio of medians', 'must', 'measured', ''], lines)


def _ratios(runs):
    lines = []
    for corpus in runs.corpora:
        for operation, theirs in (('store', 'store'), ('verify', 'verify'), ('verify deep', 'verify'), ('restore', 'restore'), ('restore with proofs', 'restore')):
            cells = []
            for peer in ('borg', 'restic'):
                for quantity in ('cpu', 'wall', 'stored'):
                    own, other = runs.median(corpus, 'lantai', operation, quantity), runs.median(corpus, peer, theirs, quantity)
                    cells.append('%.3f' % (own / other) if own is not None and other else '-')
            lines.append([corpus, operation, *cells])
    return table(['corpus', 'Lantai', 'borg CPU', 'borg wall', 'borg stored', 'restic CPU', 'restic wall', 'restic stored'], lines)


def _overhead(runs):
    if not runs.overhead:
        return 'Overhead per object and per package: not measured.'
    row = runs.overhead
    parts = lambda key: ', '.join('%s %.0f' % pair for pair in row[key].items())
    return ('Overhead beyond the content: **%.0f bytes for an object** (a store grows for each file of %d bytes that do not compress by: %s) and '
            '**%.0f bytes for an AIP** beyond its one object (for each one-file SIP: %s); growth from %s to %s.') % (
        row['object'], row['length'], parts('object_parts'), row['package'], parts('package_parts'), format(row['from'], ','), format(row['to'], ','))


def _versions(runs):
    versions = runs.session['versions']
    return 'Versions: ' + '; '.join('%s' % (version or tool + ' not installed: not measured') for tool, version in versions.items()) + '.'


def write(rows):
    runs = Runs(rows)
    if not runs.session or not runs.rows:
        return 'Not measured yet.'
    wrong = sorted({'%s %s %s: %s' % (r['tool'], r['corpus'], r['operation'], r['wrong']) for r in runs.rows if 'wrong' in r})
    parts = [machine_lines(runs.session), _versions(runs),
             'Rounds: %d, all tools in turn in each; every tool on a %s of its own.' % (runs.session['rounds'], ' or '.join(runs.session['volume'])),
             'Must reach:\n\n' + _reached(runs),
             'Cells: CPU s median [min–max] / wall s median [min–max] / RSS MB of the largest process. MB = 10⁶ bytes.']
    parts += [_corpus(runs, corpus) for corpus in runs.corpora]
    parts += ['Ratios of medians, Lantai to the peer:\n\n' + _ratios(runs), _overhead(runs)]
    parts += ['What went wrong: ' + '; '.join(wrong)] if wrong else []
    return '\n\n'.join(parts)
