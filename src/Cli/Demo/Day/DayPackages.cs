using System.Text;
using Lantai.Cli.Commands.Packages;
using Lantai.InformationPackages;

namespace Lantai.Cli.Demo.Day;

/// <summary>The packages that two invented agencies send on one day: good ones, and one of each kind that an archive meets.</summary>
internal static class DayPackages
{
    private const string Company = "91990100MA9900011G";
    private const string Other = "91990100MA9900023P";

    /// <summary>Writes the packages, each as a zip, and gives them by what they are shown for.</summary>
    public static IReadOnlyDictionary<string, DayPackage> Write(string folder, DateTimeOffset now, CancellationToken stop)
    {
        var today = now.ToOffset(TimeSpan.FromHours(8));
        var day = new DateTimeOffset(today.Date.AddDays(-20).AddHours(10), today.Offset); // somebody was at work then, whenever this is shown
        var licence = DayCase.Paper("营业执照", ["统一社会信用代码：" + Company, "名称：云州市清风餐饮有限公司（示例）"], isSealed: true);
        var otherLicence = DayCase.Paper("营业执照", ["统一社会信用代码：" + Other, "名称：云州市明远食品有限公司（示例）"], isSealed: true);
        var packages = new Dictionary<string, DayPackage>(StringComparer.Ordinal);
        var good = Clear(1);
        Put("good", good);
        Put("licence", Clear(2));
        Put("late", new DayCase(DayAgency.Approval, 3, "云州市明远食品有限公司（示例）", Other, day.AddYears(-2)).WithPapers(otherLicence, Other));
        Put("incomplete", Clear(4).Without(MaterialKind.Outcome));
        Put("encrypted", Clear(5).Add(MaterialKind.Process, "现场核查记录.pdf", DemoLocked.Pdf()));
        Put("infected", Clear(6).Add(MaterialKind.Process, "情况说明.txt", DemoLocked.TestVirus()));
        Put("secret", Clear(7).Add(MaterialKind.Process, "会商纪要.txt", Encoding.UTF8.GetBytes("机密★10年\n\n会商纪要（示例）\n")));
        Put("lead", new DayCase(DayAgency.Market, 1, "云州市明远食品有限公司（示例）", Other, day).WithPapers(otherLicence, Other).Joint("LB2026-0001", "主办"));
        Put("part", new DayCase(DayAgency.Approval, 8, "云州市明远食品有限公司（示例）", Other, day).WithPapers(otherLicence, Other).Joint("LB2026-0001", "协办"));
        Put("supplement", Clear(1).Related("补正", good.RecordCode).Add(MaterialKind.Process, "补充说明.txt", Encoding.UTF8.GetBytes("补充说明（示例）\n归档后补交。\n")));
        return packages;

        DayCase Clear(int serial) => new DayCase(DayAgency.Approval, serial, "云州市清风餐饮有限公司（示例）", Company, day.AddMinutes(serial)).WithPapers(licence, Company);

        void Put(string name, DayCase made)
        {
            var profile = (CaseProfile)PackageProfiles.Find("gbt42727")!;
            var package = made.Draft.Complete(profile, stop);
            var path = Path.Combine(folder, name + ".zip");
            PackageOutput.Write(path, profile.Write(package, stop), made.RecordCode, package.Configuration.Time("archive_time")!.Value, stop);
            packages.Add(name, new DayPackage(name + ".zip", made.Number, package.Basic["project_name"]!, package.Basic["transact_time"]!));
        }
    }
}

/// <summary>A package of the day.</summary>
/// <param name="File">Its file name.</param>
/// <param name="Number">The business serial number of its case.</param>
/// <param name="Title">What the case is called.</param>
/// <param name="Completed">When it was completed, as its package says.</param>
internal sealed record DayPackage(string File, string Number, string Title, string Completed);
