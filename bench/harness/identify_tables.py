"""The table of format identification, and what had to be reached there."""
import statistics

from words import machine_lines, span, table, verdict

OWN = 'lantai, PRONOM 122'
FILE = 'file --mime-type'
SIEGFRIED = 'siegfried'
INGEST = ('ingest, none', 'ingest, identify', 'ingest, full, own readers', 'ingest, full')


def _found(rows, corpus, tool):
    found = [r for r in rows if r['kind'] == 'run' and (r['corpus'], r['tool']) == (corpus, tool)]
    return [] if any('wrong' in r for r in found) else found


def _median(rows, corpus, tool, quantity):
    found = _found(rows, corpus, tool)
    return statistics.median(r[quantity] for r in found) if found else None


def _ratio(one, other):
    return None if one is None or not other else one / other


def _said(value, form):
    return 'not measured' if value is None else form % value


def _reached(rows, facts):
    lines = []

    def line(name, value, form, most=None, least=None):
        bound = '-' if most is None and least is None else '≤ %s' % most if most is not None else '≥ %s' % format(least, ',')
        lines.append([name, bound, _said(value, form), verdict(value, most, least)])

    wall = _median(rows, 'cases', OWN, 'wall')
    line('`cases`: files/s', facts['cases']['files'] / wall if wall else None, '%d', least=8000)
    wall = _median(rows, 'mixed', OWN, 'wall')
    line('`mixed`: GB/s of files walked', facts['mixed']['bytes'] / wall / 1e9 if wall else None, '%.2f', least=1.5)
    for corpus in ('cases', 'mixed'):
        cpu = _median(rows, corpus, OWN, 'cpu')
        line('`%s`: CPU, of `%s`' % (corpus, FILE), _ratio(cpu, _median(rows, corpus, FILE, 'cpu')), '%.2f', most=0.7)
        line('`%s`: CPU, of Siegfried' % corpus, _ratio(cpu, _median(rows, corpus, SIEGFRIED, 'cpu')), '%.2f', most=0.25)
    memory = max((r['rss'] for r in rows if r['kind'] == 'run' and r['tool'] == OWN), default=None)
    line('largest memory, MiB, the runtime included', memory / 2**20 if memory else None, '%d')
    none, identify, own, full = (_median(rows, 'cases', tool, 'cpu') for tool in INGEST)
    line('ingest of `cases`: CPU that identification adds, % of ingest without', _ratio((identify - none) * 100 if identify and none else None, none), '%.0f', most=60)
    line('ingest of `cases`: CPU that looking inside by our own readers adds, % of ingest without', _ratio((own - none) * 100 if own and none else None, none), '%.0f')
    line('ingest of `cases`: CPU that looking inside adds, `qpdf` for each PDF included, % of ingest without', _ratio((full - none) * 100 if full and none else None, none), '%.0f')
    line('a file of 10 GiB: seconds', _median(rows, 'large', 'one file of 10 GiB', 'wall'), '%.2f')
    return table(['what', 'must', 'measured', ''], lines)


def write(rows):
    session = next((r for r in rows if r['kind'] == 'session'), None)
    if session is None:
        return 'Not measured yet.'
    facts = {r['corpus']: r for r in rows if r['kind'] == 'corpus'}
    lines = []
    for corpus in ('cases', 'mixed'):
        for tool, version in session['versions'].items():
            found = _found(rows, corpus, tool)
            lines.append([corpus, tool] + ([span([r['cpu'] for r in found]), span([r['wall'] for r in found]), '%d' % (max(r['rss'] for r in found) / 1e6)] if found
                                           else ['not measured' if not version else 'wrong: no figure', '', '']))
    for tool in INGEST:
        found = _found(rows, 'cases', tool)
        lines.append(['cases', tool] + ([span([r['cpu'] for r in found]), span([r['wall'] for r in found]), '%d' % (max(r['rss'] for r in found) / 1e6)] if found else ['wrong: no figure', '', '']))
    return '\n\n'.join([
        machine_lines(session), 'Rounds: %d, all in turn in each. Versions: %s.' % (session['rounds'], '; '.join(v for v in dict.fromkeys(session['versions'].values()) if v)),
        'Must reach:', _reached(rows, facts), 'Median [range] of single runs.', table(['corpus', 'tool', 'CPU s', 'wall s', 'RSS MB'], lines)])
