using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lantai.Tests.House;

/// <summary>What a room shows is reviewed: the file public-surface.txt lists it, one member a line.</summary>
public sealed class PublicSurfaceTests
{
    private const string Path = "tests/Lantai.Tests/House/public-surface.txt";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_the_reviewed_one()
    {
        string[] now = [.. Tree.Assemblies.SelectMany(a => a.GetExportedTypes()).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];
        var file = System.IO.Path.Combine(Tree.Root, Path);
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") == "1")
        {
            File.WriteAllText(file, string.Concat(now.Select(l => l + "\n")));
        }

        var reviewed = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] changes = [.. reviewed.Except(now).Select(l => "- " + l), .. now.Except(reviewed).Select(l => "+ " + l)];

        Assert.True(changes.Length == 0, $"The public surface differs from {Path}. If the change is meant, run this test once with LANTAI_RENEW=1 and commit the file.\n{string.Join('\n', changes)}");
        Assert.Equal(now, reviewed);
    }

    [Fact]
    public void Members_are_listed_in_a_readable_form()
    {
        Assert.Equal(
            [
                "class Lantai.Tests.House.PublicSurfaceTests.Sample : System.IDisposable",
                "Lantai.Tests.House.PublicSurfaceTests.Sample.Sample(Int32)",
                "Lantai.Tests.House.PublicSurfaceTests.Sample.Dispose() : Void",
                "Lantai.Tests.House.PublicSurfaceTests.Sample.Find<T>(Dictionary<String, T>, out Int32?) : T[]",
                "Lantai.Tests.House.PublicSurfaceTests.Sample.Name : String { get; init; }",
                "Lantai.Tests.House.PublicSurfaceTests.Sample.Most : const Int32",
            ],
            Lines(typeof(Sample)));
    }

    private static IEnumerable<string> Lines(Type type)
    {
        var name = type.FullName![..^type.Name.Length].Replace('+', '.') + Short(type).Split('.')[^1];
        var bases = string.Join(", ", type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsPublic && !i.IsGenericType).Select(i => i.FullName).Order(StringComparer.Ordinal));
        yield return $"{Kind(type)} {name}{(type.IsEnum || bases.Length == 0 ? "" : " : " + bases)}";

        var constructors = type.GetConstructors(Declared).Where(c => Shown(c) && !c.IsStatic && !c.IsDefined(typeof(CompilerGeneratedAttribute)));
        foreach (var constructor in typeof(Delegate).IsAssignableFrom(type) ? [] : constructors)
        {
            yield return $"{name}.{Short(type).Split('<')[0]}({Parameters(constructor)})";
        }

        foreach (var method in type.GetMethods(Declared).Where(m => Shown(m) && !m.IsDefined(typeof(CompilerGeneratedAttribute)) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Short))}>" : "";
            yield return $"{name}.{method.Name}{generic}({Parameters(method)}) : {Short(method.ReturnType)}";
        }

        foreach (var property in type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(Shown)))
        {
            var set = property.SetMethod is { } s && Shown(s) ? s.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;" : "";
            yield return $"{name}.{property.Name} : {Short(property.PropertyType)} {{{(property.GetMethod is { } g && Shown(g) ? " get;" : "")}{set} }}";
        }

        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
        {
            yield return type.IsEnum ? $"{name}.{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}" : $"{name}.{field.Name} : {(field.IsLiteral ? "const " : field.IsInitOnly ? "readonly " : "")}{Short(field.FieldType)}";
        }
    }

    private static bool Shown(MethodBase method) => method.IsPublic || (method.IsFamily && !method.DeclaringType!.IsSealed) || method.IsFamilyOrAssembly;

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "class" : "open class";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => (p.IsOut ? "out " : p.ParameterType.IsByRef ? p.IsIn ? "in " : "ref " : "") + Short(p.ParameterType)));

    private static string Short(Type type)
    {
        if (type.IsByRef)
        {
            return Short(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Short(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Short(value) + "?";
        }

        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Short))}>" : type.Name;
    }

    public sealed class Sample : IDisposable
    {
        public const int Most = 3;

        public Sample(int size) => Size = size;

        public string Name { get; init; } = "";

        internal int Size { get; }

        public void Dispose()
        {
        }

        public T[] Find<T>(Dictionary<string, T> where, out int? count)
        {
            count = where.Count;
            return [];
        }
    }
}
