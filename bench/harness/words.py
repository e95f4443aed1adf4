"""How figures are written in the tables."""
import statistics


def table(head, lines):
    rule = ['---'] * len(head)
    return '\n'.join('| ' + ' | '.join(str(cell) for cell in line) + ' |' for line in [head, rule, *lines])


def span(values):
    """Median and range."""
    middle = '%.2f' % statistics.median(values)
    return middle if len(values) == 1 else '%s [%.2f–%.2f]' % (middle, min(values), max(values))


def megabytes(size):
    return '%.1f' % (size / 1e6)


def verdict(value, most=None, least=None):
    """Whether a figure is within its bound; without a bound there is none."""
    if value is None:
        return '-' if most is None and least is None else 'not measured'
    if most is None and least is None:
        return '-'
    return 'reached' if (most is None or value <= most) and (least is None or value >= least) else '**not reached**'


def machine_lines(facts):
    return ('%s, commit `%s`. %s, %d cores, %s; %.1f GiB RAM; Linux %s; %s; .NET SDK %s. Load when it began: %.1f.' % (
        facts['date'], facts['commit'], facts['processor'], facts['cores'], ' '.join(facts['features']) or 'no SHA or AVX extensions',
        facts['memory'] / 2**30, facts['kernel'], facts['filesystem'], facts['runtime'], facts['load']))
