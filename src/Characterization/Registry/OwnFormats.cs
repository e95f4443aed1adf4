namespace Lantai.Characterization.Registry;
internal static class OwnFormats { public static IReadOnlyList<RegistryFormat> Read() => []; }
