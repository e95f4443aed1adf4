"""The tables of the long shapes, and what had to be reached there."""
from words import machine_lines, megabytes, table, verdict

MOST_MEMORY, LEAST_RATIO, MOST_SECONDS, LEAST_EVENTS = 256 << 20, 0.8, 1.0, 5000
SMALL = 'not full size'
NAMES = {'files': 'one SIP of {:,} files of 200 B', 'large': 'one file of {:,} B', 'batch': '{:,} one-file SIPs in a batch',
         'killed': '{:,} one-file SIPs, killed and run again', 'rebuild': 'rebuild from {:,} events'}


def _long(rows):
    lines = []
    for row in rows:
        if row['shape'] not in ('files', 'large', 'batch', 'rebuild'):
            continue
        if 'wrong' in row:
            lines.append([row['shape'], 'wrong: ' + row['wrong'][:200]] + [''] * 8)
            continue
        rate = row.get('second', {})
        steady = row.get('cpu_second', {})
        scale = 1e6 if row['unit'] == 'bytes' else 1
        memory, whole = max(row['rss'], row['vmhwm']), row['scale'] == 1
        lines.append([
            NAMES[row['shape']].format(row['total']), '%.1f' % row['cpu'], '%.1f' % row['wall'],
            '%.0f MiB' % (memory / 2**20), verdict(memory, most=MOST_MEMORY) if whole else SMALL,
            '%.0f → %.0f (%.2f)' % (rate['first'] / scale, rate['last'] / scale, rate['ratio']) if rate else '-',
            '%.0f → %.0f (%.2f)' % (steady['first'] / scale, steady['last'] / scale, steady['ratio']) if steady else '-',
            '-' if row['shape'] == 'rebuild' else verdict(rate.get('ratio'), least=LEAST_RATIO) if whole else SMALL,
            '%.1f s / %.1f s' % (row['before'], row['after']) if rate else '-',
            megabytes(row['stored']) if 'stored' in row else '-'])
    head = ['shape', 'CPU s', 'wall s', 'peak RSS', '≤ 256 MiB', 'per second: first tenth → last tenth', 'per CPU second', 'ratio ≥ 0.8',
            'before / after the visible work', 'stored MB']
    return table(head, lines) if lines else ''


def _killed(rows):
    row = next((r for r in rows if r['shape'] == 'killed'), None)
    if row is None:
        return ''
    if 'wrong' in row:
        return 'Killed batch: **wrong**: ' + row['wrong'][:300]
    return ('Killed batch: SIGKILL when {killed_at:,} of {total:,} were done; {acknowledged:,} had been acknowledged by then and every one was recognised '
            'under the same package; the second run said {held:,} held and {kept_then:,} kept; the store counts {aips:,} packages and {files:,} files, '
            '{frames:,} frames. `audit` and `verify` ended with 0 ({audit[cpu]:.1f} and {verify[cpu]:.1f} CPU s). Second run: {cpu:.1f} CPU s, '
            '{wall:.1f} s, peak RSS {memory:.0f} MiB.').format(memory=max(row['rss'], row['vmhwm']) / 2**20, **row)


def _commands(rows):
    row = next((r for r in rows if r['shape'] == 'commands'), None)
    if row is None:
        return ''
    if 'wrong' in row:
        return 'Short commands: **wrong**: ' + row['wrong'][:300]
    lines = [['`%s`' % name, '%.3f [%.3f–%.3f]' % (row[name]['wall'], row[name]['min'], row[name]['max']), '%.3f' % row[name]['cpu'],
              '%.0f MiB' % (row[name]['rss'] / 2**20), verdict(row[name]['wall'], most=MOST_SECONDS) if row['scale'] == 1 else SMALL] for name in ('init', 'show', 'list', 'stats')]
    return ('Short commands with start-up, store of {:,} packages, medians of five:\n\n'.format(row['total'])
            + table(['command', 'wall s', 'CPU s', 'RSS', '< 1 s'], lines))


def _replay(rows):
    row = next((r for r in rows if r['shape'] == 'rebuild' and 'wrong' not in r), None)
    if row is None:
        return ''
    return 'Rebuild of indexes and catalogue: {:,.0f} events per second, {:,.0f} per CPU second; at least {:,} per second: {}.'.format(
        row['events_per_second'], row['events_per_cpu_second'], LEAST_EVENTS, verdict(row['events_per_second'], least=LEAST_EVENTS) if row['scale'] == 1 else SMALL)


def write(rows):
    if not rows:
        return 'Not measured yet.'
    rows = sorted(rows, key=lambda r: ['files', 'large', 'batch', 'killed', 'commands', 'rebuild'].index(r['shape']))
    facts = {machine_lines(row['machine']): [] for row in rows}
    for row in rows:
        facts[machine_lines(row['machine'])].append(row['shape'])
    scales = {row['scale'] for row in rows} - {1.0}
    parts = ['%s: %s' % (', '.join(shapes), line) for line, shapes in facts.items()]
    if scales:
        parts.append('**Some of these ran at a share of the full size (%s): they have no verdict.**' % ', '.join(str(s) for s in sorted(scales)))
    parts += [_long(rows), _killed(rows), _commands(rows), _replay(rows)]
    return '\n\n'.join(part for part in parts if part)
