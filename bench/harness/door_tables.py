"""The table of cases through the door, and what had to be reached there."""
import statistics

from words import machine_lines, megabytes, span, table, verdict

LEAST_RATE, MOST_MEMORY = 100, 384 << 20


def write(rows):
    session = next((r for r in rows if r['kind'] == 'session'), None)
    rounds = [r for r in rows if r['kind'] == 'round']
    if session is None or not rounds:
        return 'Not measured yet.'
    cases = session['cases']
    rate, memory = statistics.median(cases / r['wall'] for r in rounds), max(r['rss'] for r in rounds)
    budget = session['cores'] / LEAST_RATE * 1000
    cpu = statistics.median(r['cpu'] for r in rounds) / cases * 1000
    wrong = [r for r in rounds if r['aips'] != cases or r['held'] != sum(min(200, c['packages']) for c in r['commands'])]  # a round that audit or verify did not like was never written
    reached = [
        ['cases/s', '≥ %d' % LEAST_RATE, '%.0f' % rate, verdict(rate, least=LEAST_RATE)],
        ['CPU of a case, ms, of which all cores have together', '≤ %.0f' % budget, '%.1f' % cpu, verdict(cpu, most=budget)],
        ['peak memory, MiB', '≤ %d' % (MOST_MEMORY >> 20), '%.0f' % (memory / 2**20), verdict(memory, most=MOST_MEMORY)],
        ['all archived; `audit` and `verify` end with 0', 'yes', 'no' if wrong else 'yes', '**not reached**' if wrong else 'reached'],
    ]
    lines = [[source, format(some[0]['packages'], ','), span([r['cpu'] / r['packages'] * 1000 for r in some]), span([r['packages'] / r['wall'] for r in some]),
              '%d' % (max(max(r['rss'], r['vmhwm']) for r in some) / 2**20)] for source, some in _by_source(rounds)]
    means = 'engine: %s; outside programs: %s' % ('clamd' if session['clamd'] else 'none', 'asked' if session['outside_tools'] else 'not asked')
    return '\n\n'.join([
        machine_lines(session),
        '%s packages, %.1f files and %.1f kB each, and the signed report makes one more; rounds: %d; %s.' % (format(cases, ','), session['files'] / cases, session['bytes'] / cases / 1000, session['rounds'], means),
        'Must reach:', table(['what', 'must', 'measured', ''], reached),
        'By source system, one command each, median [range]. Stored: %s MB; `audit` %.1f and `verify` %.1f CPU s.' % (
            megabytes(rounds[-1]['stored']), rounds[-1]['audit']['cpu'], rounds[-1]['verify']['cpu']),
        table(['source', 'packages', 'CPU ms a case', 'cases/s', 'RSS MiB'], lines)])


def _by_source(rounds):
    names = list(dict.fromkeys(c['source'] for r in rounds for c in r['commands']))
    return [(name, [c for r in rounds for c in r['commands'] if c['source'] == name]) for name in names]
