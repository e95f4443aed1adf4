namespace Lantai.Tests.Corpora;

/// <summary>What a suite came to, line by line: right, wrong, or not for us and why. No line is left out in silence.</summary>
internal sealed class PdfMatrix(string suite)
{
    private readonly List<string> _wrong = [];
    private readonly List<string> _notApplicable = [];
    private readonly List<double> _milliseconds = [];
    private int _right;

    public IReadOnlyList<string> Wrong => _wrong;

    public int Lines => _right + _wrong.Count + _notApplicable.Count;

    public void Add(CorpusCase one, bool isRight, object got)
    {
        if (isRight)
        {
            _right++;
        }
        else
        {
            _wrong.Add($"{one.Id}: {one.Expect} {one.Codes}, got {got}");
        }
    }

    public void NotApplicable(CorpusCase one, string why) => _notApplicable.Add($"{one.Id}: {why}");

    public T Time<T>(Func<T> work)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = work();
        _milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        return result;
    }

    public void Print()
    {
        var output = TestContext.Current.TestOutputHelper!;
        _milliseconds.Sort();
        output.WriteLine($"{suite}: {Lines} lines, {_right} right, {_wrong.Count} wrong, {_notApplicable.Count} not applicable");
        if (_milliseconds.Count > 0)
        {
            output.WriteLine($"milliseconds a file: median {_milliseconds[_milliseconds.Count / 2]:F1}, mean {_milliseconds.Average():F1}, most {_milliseconds[^1]:F1}");
        }

        foreach (var line in _wrong.Select(w => "wrong " + w).Concat(_notApplicable.Select(n => "not applicable " + n)))
        {
            output.WriteLine(line);
        }
    }
}
