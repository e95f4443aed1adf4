using System.Reflection;
using System.Text.RegularExpressions;

namespace Lantai.Tests.House;

/// <summary>Calls and habits that hide failures, read the wall clock or block a thread.</summary>
public sealed class BannedCallTests
{
    private static readonly (Regex Pattern, string Reason)[] Banned =
    [
        (new(@"\bDateTime\s*\.\s*(Now|UtcNow|Today)\b"), "time comes by TimeProvider"),
        (new(@"\bDateTimeOffset\s*\.\s*(Now|UtcNow)\b"), "time comes by TimeProvider"),
        (new(@"\bFlushToDisk\b"), "the runtime hides a failing fsync: use DurableFile"),
        (new(@"\.\s*Flush\s*\(\s*(flushToDisk\s*:\s*)?true\s*\)"), "the runtime hides a failing fsync: use DurableFile"),
        (new(@"\bThread\s*\.\s*Sleep\b"), "wait on a handle or a TimeProvider timer"),
        (new(@"\.\s*Result\b(?!\s*[({])"), "await instead of blocking a thread"),
        (new(@"\.\s*Wait\s*\(\s*\)"), "await instead of blocking a thread"),
        (new(@"\.\s*GetAwaiter\s*\(\s*\)\s*\.\s*GetResult\b"), "await instead of blocking a thread"),
        (new(@"\basync\s+void\b"), "an async void loses its exception"),
        (new(@"\bcatch\s*(\(\s*(System\s*\.\s*)?Exception(\s+\w+)?\s*\)\s*)?\{\s*\}"), "a swallowed failure is a lost failure: name the exception and do something"),
        (new(@"\[\s*(\w+\s*\.\s*)*ThreadStatic"), "no mutable statics"),
    ];

    [Fact]
    public void The_source_calls_nothing_that_is_banned()
    {
        var found = Tree.Files("src", "*.cs").SelectMany(file => Violations(Tree.Read(file)).Select(v => file + v)).ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void No_type_has_a_static_field_that_can_change()
    {
        var found = Tree.Assemblies.SelectMany(a => a.GetTypes()).SelectMany(Changeable).ToList();

        Assert.True(found.Count == 0, "State belongs to an object that somebody owns; make it readonly or move it: " + string.Join(", ", found));
    }

    [Theory]
    [InlineData("var a = DateTime.UtcNow;")]
    [InlineData("var a = System.DateTimeOffset.Now;")]
    [InlineData("RandomAccess.FlushToDisk(handle);")]
    [InlineData("file.Flush(true);")]
    [InlineData("file.Flush( flushToDisk: true );")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("var a = task.Result;")]
    [InlineData("task.Wait();")]
    [InlineData("task.GetAwaiter().GetResult();")]
    [InlineData("async void Go() { }")]
    [InlineData("try { } catch { }")]
    [InlineData("try { } catch (Exception) { }")]
    [InlineData("try { } catch (System.Exception e)\n{\n    // nothing\n}")]
    [InlineData("[ThreadStatic] private static int a;")]
    public void Each_banned_call_is_found(string code) => Assert.NotEmpty(Violations(code));

    [Theory]
    [InlineData("// DateTime.UtcNow is banned")]
    [InlineData("var a = \"task.Result\"; var b = @\"c:\\\"; var c = '\"';")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("file.Flush(); Results.Add(outcome.Results); queue.Wait(token);")]
    [InlineData("try { } catch (FileNotFoundException) { return null; }")]
    [InlineData("var a = \"\"\"\n task.Result \"quoted\" DateTime.Now\n\"\"\";")]
    public void What_only_looks_like_one_is_left_alone(string code) => Assert.Empty(Violations(code));

    [Fact]
    public void Each_kind_of_changeable_static_is_found()
    {
        Assert.Equal([$"{nameof(BannedCallTests)}+{nameof(Sinner)}._count", $"{nameof(BannedCallTests)}+{nameof(Sinner)}.<Name>k__BackingField"], Changeable(typeof(Sinner)).Select(n => n[(n.LastIndexOf(".Banned", StringComparison.Ordinal) + 1)..]));
        Assert.Empty(Changeable(typeof(Saint)));
    }

    private static IEnumerable<string> Violations(string source)
    {
        var code = SourceText.CodeOnly(source);
        return Banned.SelectMany(b => b.Pattern.Matches(code).Select(m => $":{SourceText.LineOf(code, m.Index)}: '{m.Value.ReplaceLineEndings(" ")}': {b.Reason}"));
    }

    private static IEnumerable<string> Changeable(Type type) =>
        Tree.IsGenerated(type)
            ? []
            : type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => !f.IsLiteral && (!f.IsInitOnly || f.IsDefined(typeof(ThreadStaticAttribute))))
                .Where(f => !f.Name.StartsWith('<') || f.Name.EndsWith("k__BackingField", StringComparison.Ordinal))
                .Select(f => $"{type.FullName}.{f.Name}");

    private static class Sinner
    {
        private static int _count;

        public static string? Name { get; set; }

        public static int Next() => ++_count;
    }

    private static class Saint
    {
        public const int One = 1;

        public static readonly string Two = "2";

        public static int Three { get; } = 3;

        public static Func<int, int> Four => static x => x + 1;
    }
}
