"""The table of deadlines over many cases, and what had to be reached there."""
import statistics

from words import machine_lines, span, table, verdict


def write(rows):
    session = next((r for r in rows if r['kind'] == 'session'), None)
    if session is None:
        return 'Not measured yet.'
    commands = [r for r in rows if r['kind'] == 'command']
    inside = next((r for r in rows if r['kind'] == 'inside'), {})

    def of(start):
        return [r for r in commands if r['name'].startswith(start)]

    def worst(start):
        return max((max(seconds) for name, seconds in inside.items() if name.startswith(start)), default=None)

    csv = of('csv')
    rate = statistics.median(r['rows'] / r['wall'] for r in csv) if csv else None
    replay = of('rebuild')
    reached = [
        ['totals for any day, slowest, store open: seconds', '< 1', _said(worst('totals'), '%.3f'), verdict(worst('totals'), most=1)],
        ['totals for any day, slowest, whole command: seconds', '< 1', _said(_slowest(of('totals')), '%.2f'), verdict(_slowest(of('totals')), most=1)],
        ['a page of 100, slowest, store open: seconds', '< 1', _said(_most(worst('first page'), worst('page in')), '%.3f'), verdict(_most(worst('first page'), worst('page in')), most=1)],
        ['a page of 100, slowest, whole command: seconds', '< 1', _said(_slowest(of('page')), '%.2f'), verdict(_slowest(of('page')), most=1)],
        ['all overdue cases as CSV, whole command: rows/s', '≥ 20,000', _said(rate, '%d'), verdict(rate, least=20000)],
        ['the same: memory, MiB', '-', _said(max((r['rss'] for r in csv), default=0) / 2**20, '%d'), '-'],
        ['`rebuild` of all views: cases/s', '-', _said(statistics.median(session['cases'] / r['wall'] for r in replay) if replay else None, '%d'), '-'],
        ['the same: memory, MiB', '-', _said(max((r['rss'] for r in replay), default=0) / 2**20, '%d'), '-'],
    ]
    names = list(dict.fromkeys(r['name'] for r in commands))
    lines = [[name, span([r['cpu'] for r in commands if r['name'] == name]), span([r['wall'] for r in commands if r['name'] == name]),
              '%d' % (max(r['rss'] for r in commands if r['name'] == name) / 2**20),
              next((format(r['rows'], ',') for r in commands if r['name'] == name and r['rows'] is not None), '')] for name in names]
    return '\n\n'.join([machine_lines(session), '%s cases. Rounds: %d.' % (format(session['cases'], ','), session['rounds']), 'Must reach:',
                        table(['what', 'must', 'measured', ''], reached), 'Whole commands of the published program, median [range].',
                        table(['command', 'CPU s', 'wall s', 'RSS MiB', 'rows'], lines)])


def _slowest(rows):
    return max((r['wall'] for r in rows), default=None)


def _most(one, other):
    return max((v for v in (one, other) if v is not None), default=None)


def _said(value, form):
    return 'not measured' if value is None else form % value
