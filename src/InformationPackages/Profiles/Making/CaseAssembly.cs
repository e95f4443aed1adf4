using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A package that was made of a line of a table and a folder.</summary>
/// <param name="Line">The line.</param>
/// <param name="RecordCode">The electronic record code; empty when there is none.</param>
/// <param name="Files">The files of the package; empty when something about it is wrong.</param>
/// <param name="Archived">When it was archived, for the times of the files.</param>
/// <param name="Findings">What is wrong, by line and column.</param>
public sealed record AssembledCase(int Line, string RecordCode, IReadOnlyList<PackageFile> Files, DateTimeOffset Archived, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether the package may be written: nothing that refuses it was found.</summary>
    public bool IsRight => Files.Count > 0;
}

/// <summary>
/// Makes packages of a table of cases and the folders of their materials, and judges each as a receiver will: a line of which no right
/// package can be made gives findings and no package.
/// </summary>
/// <remarks>
/// Materials lie in folders by kind, under the names of any profile; <c>文件清单.csv</c> beside these folders may say more of single files.
/// Source: spec/formats/case-table.md. Safe for concurrent use.
/// </remarks>
public sealed class CaseAssembly(CaseProfile profile, TimeProvider time)
{
    /// <summary>The table of single files in the folder of a case.</summary>
    public const string FileListName = "文件清单.csv";

    private static readonly Dictionary<string, MaterialKind> Kinds = new(StringComparer.Ordinal)
    {
        ["申请材料"] = MaterialKind.Application, ["申报文件"] = MaterialKind.Application, ["申报材料"] = MaterialKind.Application,
        ["过程材料"] = MaterialKind.Process, ["过程文件"] = MaterialKind.Process,
        ["结果材料"] = MaterialKind.Outcome, ["结果文件"] = MaterialKind.Outcome,
        ["调用材料"] = MaterialKind.Called, ["共享证照"] = MaterialKind.Called,
    };

    /// <summary>What is wrong with the table as a whole: columns that mean nothing, and codes and running numbers of cases that stand twice.</summary>
    public static IReadOnlyList<Finding> Check(CaseTable table)
    {
        var found = CaseColumns.Check(table, [CaseColumns.Folder, CaseColumns.Serial], "configuration", "basic", "relation", "file").ToList();
        foreach (var name in new[] { "electronic_record_code", "project_id" })
        {
            var element = CaseColumns.Find(name, "configuration", "basic")!;
            var twice = table.Rows.GroupBy(r => CaseColumns.Cell(r, [element.Chinese, element.English])).Where(g => g.Key is not null && g.Count() > 1);
            found.AddRange(twice.SelectMany(g => g.Skip(1)).Select(r => Finding.Error("PKG-063", table.Name, ("line", r.Line), ("column", element.Chinese))));
        }

        return found;
    }

    /// <summary>Makes the package of a line.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">Its line.</param>
    /// <param name="folder">The folder that holds the materials of all cases, or of the one case of a table with one line.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public AssembledCase Assemble(CaseTable table, CaseTableRow row, PackageTree folder, CancellationToken stop)
    {
        var findings = new List<Finding>();
        var draft = new CaseDraft();
        Fill(draft, row);
        var archived = CaseTime.Parse(draft.Configuration["archive_time"]!) ?? time.GetUtcNow();
        if (FolderOf(table, row, folder) is { } materials)
        {
            AddFiles(draft, table, row, materials, findings);
        }
        else
        {
            findings.Add(Finding.Error("PKG-062", table.Name, ("line", row.Line), ("folder", CaseColumns.Cell(row, CaseColumns.Folder) ?? "")));
        }

        try
        {
            var made = draft.Complete(profile, stop);
            var files = profile.Write(made, stop);
            var (_, verdict) = profile.Read(PackageTree.Of(made.RecordCode, files), stop);
            findings.AddRange(verdict.Findings.Select(f => AtColumn(f, table, row)));
            var isRight = findings.TrueForAll(f => f.Severity != Severity.Error);
            return new AssembledCase(row.Line, made.RecordCode, isRight ? files : [], archived, findings);
        }
        catch (ContentException bad)
        {
            return new AssembledCase(row.Line, "", [], archived, [.. findings, bad.Finding]);
        }
    }

    private void Fill(CaseDraft draft, CaseTableRow row)
    {
        var relation = new Dictionary<string, string?>(StringComparer.Ordinal);
        var steps = new SortedDictionary<(int Place, int Code), Dictionary<string, string?>>();
        foreach (var (column, value) in row.Cells)
        {
            if (CaseColumns.Find(column, "configuration", "basic", "relation") is { } element)
            {
                var block = element.Block switch { "configuration" => draft.Configuration, "basic" => draft.Basic, _ => relation };
                block[element.English] = CaseColumns.Normalise(element, value, profile);
            }
            else if (CaseColumns.FindStep(column) is var (step, place, of))
            {
                var key = (place, int.Parse(step.Code, System.Globalization.CultureInfo.InvariantCulture));
                if (!steps.TryGetValue(key, out var fields))
                {
                    steps[key] = fields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["step_code"] = step.Code, ["step_name"] = step.Chinese };
                }

                fields[of.English] = CaseColumns.Normalise(of, value, profile);
            }
        }

        if (relation.Count > 0)
        {
            draft.Relations.Add(relation);
        }

        draft.Steps.AddRange(steps.Values.OrderBy(s => CaseTime.Parse(s.GetValueOrDefault("step_start") ?? "") ?? DateTimeOffset.MaxValue));
        _ = draft.Configuration.TryAdd("archive_time", profile.Write(time.GetUtcNow()));
        AddRecordCode(draft, CaseColumns.Cell(row, CaseColumns.Serial));
    }

    /// <summary>The code is put together when the running number is given and the code is not; a part that is missing is told with its own column.</summary>
    private void AddRecordCode(CaseDraft draft, string? serial)
    {
        if (serial is null || draft.Configuration.GetValueOrDefault("electronic_record_code") is not null)
        {
            return;
        }

        var year = CaseTime.Parse(draft.Basic.GetValueOrDefault("transact_time") ?? "")?.ToOffset(CaseTime.Offset).Year;
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["region"] = draft.Configuration.GetValueOrDefault("region_code"),
            ["fonds"] = draft.Configuration.GetValueOrDefault("fonds_identifier"),
            ["social"] = draft.Configuration.GetValueOrDefault("social_code"),
            ["item"] = draft.Basic.GetValueOrDefault("task_code"),
            ["retention"] = draft.Configuration.GetValueOrDefault("retention_period"),
            ["year"] = year?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["serial"] = serial.PadLeft(profile.Rule.SerialWidth, '0'),
        };
        try
        {
            draft.Configuration["electronic_record_code"] = profile.Rule.Join(parts.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!));
        }
        catch (ArgumentException)
        {
            draft.Configuration["electronic_record_code"] = null; // that it is missing is told, and so is what made it so
        }
    }

    private static PackageTree? FolderOf(CaseTable table, CaseTableRow row, PackageTree folder)
    {
        var number = CaseColumns.Find("project_id", "basic")!;
        var name = (CaseColumns.Cell(row, CaseColumns.Folder) ?? (table.Rows.Count > 1 ? CaseColumns.Cell(row, [number.Chinese, number.English]) : null))?.Trim('/');
        return name is null ? table.Rows.Count == 1 ? folder : null
            : EntryPath.FindReason(System.Text.Encoding.UTF8.GetBytes(name)) is null && folder.Below(name).Any() ? folder.Inside(name)
            : null;
    }

    private void AddFiles(CaseDraft draft, CaseTable table, CaseTableRow row, PackageTree materials, List<Finding> findings)
    {
        var listed = ReadFileList(materials, findings);
        var shared = Fields(row, "file");
        foreach (var file in materials.Files.Where(f => f.Path != FileListName && f.Path != table.Name))
        {
            var cut = file.Path.IndexOf('/', StringComparison.Ordinal);
            if (cut < 0 || !Kinds.TryGetValue(file.Path[..cut], out var kind))
            {
                findings.Add(Finding.Error("PKG-064", table.Name, ("line", row.Line), ("path", file.Path), ("folders", string.Join(", ", Kinds.Keys))));
                continue;
            }

            if (!CaseColumns.IsWritable(file.Path))
            {
                findings.Add(Finding.Error("PKG-018", table.Name, ("at", $"{row.Line}: {CaseColumns.FilePath[0]}"), ("expected", "characters"), ("found", file.Path), ("clause", "group-1-2")));
                continue;
            }

            var own = listed.GetValueOrDefault(file.Path);
            var fields = new Dictionary<string, string?>(shared, StringComparer.Ordinal);
            foreach (var (name, value) in own is null ? [] : Fields(own, "file"))
            {
                fields[name] = value;
            }

            var licence = own is null ? [] : Fields(own, "licence");
            draft.Files.Add(new DraftFile(
                kind, file.Path[(cut + 1)..], file, file.Modified ?? time.GetUtcNow(), fields, licence.Count > 0 ? licence : null));
        }
    }

    private static Dictionary<string, CaseTableRow> ReadFileList(PackageTree materials, List<Finding> findings)
    {
        var rows = new Dictionary<string, CaseTableRow>(StringComparer.Ordinal);
        if (materials.Find(FileListName) is not { } list)
        {
            return rows;
        }

        using var content = list.OpenRead();
        if (CaseTable.Read(content, FileListName, findings) is not { } table)
        {
            return rows;
        }

        findings.AddRange(CaseColumns.Check(table, [CaseColumns.FilePath], "file", "licence"));
        foreach (var row in table.Rows)
        {
            var path = CaseColumns.Cell(row, CaseColumns.FilePath) ?? "";
            if (materials.Find(path) is null || !rows.TryAdd(path, row))
            {
                findings.Add(Finding.Error("PKG-065", FileListName, ("line", row.Line), ("path", path)));
            }
        }

        return rows;
    }

    private Dictionary<string, string?> Fields(CaseTableRow row, string block) => row.Cells
        .Select(c => (Element: CaseColumns.Find(c.Key, block), c.Value)).Where(c => c.Element is not null).DistinctBy(c => c.Element)
        .ToDictionary(c => c.Element!.English, c => (string?)CaseColumns.Normalise(c.Element!, c.Value, profile), StringComparer.Ordinal);

    /// <summary>A finding of the package that would be made, told by the line and column that it comes from.</summary>
    private static Finding AtColumn(Finding finding, CaseTable table, CaseTableRow row)
    {
        var at = finding.Arguments.FirstOrDefault(a => a.Key == "at").Value ?? "";
        var last = at[(at.LastIndexOf('/') + 1)..].Split('[')[0];
        var element = CaseElements.All.FirstOrDefault(e => e.Xml == last && e.Block != "description");
        var place = $"{row.Line}: {(element is null ? finding.Subject + (at.Length > 0 ? "#" + at : "") : element.Chinese)}";
        return finding with
        {
            Subject = at.Length == 0 ? $"{table.Name} {place}" : table.Name,
            Arguments = [.. finding.Arguments.Select(a => a.Key == "at" && at.Length > 0 ? KeyValuePair.Create("at", place) : a)],
        };
    }
}
