namespace Lantai.Cli.Demo.Day;

/// <summary>A day at the archive: what two agencies send, what becomes of it, and what an archivist looks at in the evening.</summary>
internal static class DaySteps
{
    /// <summary>The steps, registers included.</summary>
    /// <param name="packages">The packages of the day.</param>
    /// <param name="engine">Where an antivirus engine answers; null when none is at hand.</param>
    public static IEnumerable<DayStep> Of(IReadOnlyDictionary<string, DayPackage> packages, string? engine)
    {
        string At(string name) => "{d}/day/" + packages[name].File;
        string[] scan = engine is null ? [] : ["--clamd", engine];
        var (approval, market) = (DayAgency.Approval.Source, DayAgency.Market.Source);
        foreach (var step in DayRegisters.Steps())
        {
            yield return step;
        }

        if (engine is null)
        {
            yield return new("demo.day.withoutav", ["inspect", "scheme", "adopt", "--without-av", "--reason", "演示环境未安装杀毒引擎", "--as", "os:archivist"]);
        }

        yield return new("demo.day.key", ["key", "show", "--out", "{d}/archive.vkey"]);
        yield return new("demo.day.notices", ["case", "notify", "{d}/completed-0061.csv", "--source", approval]);
        yield return new("demo.day.kit", ["inspect", "kit", "export", "{d}/yz-cases.kit", "--source", approval]);
        yield return new("demo.day.offline", ["sip", "validate", At("good"), At("incomplete"), "--profile", "gbt42727", "--kit", "{d}/yz-cases.kit", "--key", "{d}/archive.vkey", .. scan], 1);
        yield return new("demo.day.dry", ["case", "archive", approval, At("good"), "--dry-run", .. scan]);
        yield return new("demo.day.morning", ["case", "archive", approval, At("good"), At("licence"), At("late"), .. scan]);
        yield return new("demo.day.incomplete", ["case", "archive", approval, At("incomplete"), .. scan], 1);
        yield return new("demo.day.encrypted", ["case", "archive", approval, At("encrypted"), .. scan], 1);
        yield return new("demo.day.infected", ["case", "archive", approval, At("infected"), .. scan], engine is null ? 0 : 1);
        yield return new("demo.day.secret", ["case", "archive", approval, At("secret"), "--case", packages["secret"].Number, .. scan], 1);
        yield return new("demo.day.lead", ["case", "archive", market, At("lead"), .. scan]);
        yield return new("demo.day.part", ["case", "archive", approval, At("part"), .. scan]);
        yield return new("demo.day.duplicate", ["case", "archive", approval, At("good"), .. scan]);
        yield return new("demo.day.undeclared", ["case", "archive", approval, At("supplement"), .. scan], 1);
        yield return new("demo.day.supplement", ["case", "archive", approval, At("supplement"), "--supplement", "归档后补交说明", .. scan]);
        yield return new("demo.day.list", ["case", "list"]);
        yield return new("demo.day.show", ["case", "show", $"{approval}/{packages["good"].Number}"]);
        yield return new("demo.day.receipt", ["case", "receipt", $"{approval}/{packages["good"].Number}", "--out", "{d}/receipt.html"]);
        yield return new("demo.day.report", ["inspect", "report", $"{approval}/{packages["incomplete"].Number}", "--format", "html", "--out", "{d}/report.html"]);
        yield return new("demo.day.notice", ["inspect", "notice", $"{approval}/{packages["incomplete"].Number}", "--out", "{d}/notice.html"]);
        yield return new("demo.day.register", ["inspect", "register", $"{approval}/{packages["good"].Number}", $"{approval}/{packages["licence"].Number}", "--unit", DayAgency.Approval.Name, "--out", "{d}/register.html"]);
        yield return new("demo.day.copy", ["dip", "build", $"{approval}/{packages["licence"].Number}", "--out", "{d}/copy", "--reason", "诉讼举证"]);
        yield return new("demo.day.check", ["dip", "verify", "{d}/copy", "--key", "{d}/archive.vkey"]);
        yield return new("demo.day.storage", ["inspect", "run", .. scan], engine is null ? 2 : 1); // items for persons are open; without an engine its rules could not run
        yield return new("demo.day.deadline", ["deadline", "report"]);
        yield return new("demo.audit", ["audit"]);
    }
}
