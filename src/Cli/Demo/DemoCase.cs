namespace Lantai.Cli.Demo;

/// <summary>In what shape a demonstration case is handed in.</summary>
internal enum DemoShape
{
    Folder,
    Zip,
    Bag,
}

/// <summary>One invented service case (办件). Nobody in it exists.</summary>
internal sealed record DemoCase
{
    public required string Number { get; init; }

    public required string Item { get; init; }

    public required string ItemCode { get; init; }

    public required string Agency { get; init; }

    public required DemoParty Applicant { get; init; }

    /// <summary>The company whose licence was fetched from the licence system; null in a case of a person alone.</summary>
    public DemoParty? Company { get; init; }

    /// <summary>When the case was accepted, Chinese time.</summary>
    public required DateTimeOffset Accepted { get; init; }

    public required int WorkingDays { get; init; }

    public required string Decision { get; init; }

    public required string Retention { get; init; }

    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Titles of further scanned sheets, each about 300 kB.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Whether the company's licence is the outcome of this case and not a shared paper.</summary>
    public bool IssuesLicence { get; init; }

    public bool HasParcelMap { get; init; }

    public DemoShape Shape { get; init; }

    public DateTimeOffset Completed => Accepted.AddDays(WorkingDays).AddHours(5).AddMinutes(WorkingDays * 3);

    public DateTimeOffset Archived => Completed.AddDays(30);

    public string Title => $"{Number}_{Item}";
}

/// <summary>An invented person or company.</summary>
/// <param name="Name">The name; it says that it is an example.</param>
/// <param name="Code">ID number with a wrong check digit, or a credit code with a letter that real codes never use.</param>
/// <param name="Latin">The name in Latin letters.</param>
/// <param name="IsCompany">Whether it is a company.</param>
internal sealed record DemoParty(string Name, string Code, string Latin, bool IsCompany = false)
{
    /// <summary>An ID number of the unassigned region 99 whose last figure is wrong, so that it can be nobody's.</summary>
    public static string WrongNumber(string seventeen)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (seventeen[i] - '0') * weights[i];
        }

        return seventeen + "10X98765432"[(sum + 1) % 11]; // the right figure stands at sum % 11
    }
}

/// <summary>A file of a case: its path with '/', what it is, and its bytes.</summary>
internal sealed record DemoFile(string Path, string Title, byte[] Content)
{
    public string Kind => Path[..Path.IndexOf('/', StringComparison.Ordinal)];
}
