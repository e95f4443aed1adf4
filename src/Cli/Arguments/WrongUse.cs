namespace Lantai.Cli.Arguments;

/// <summary>The user asked for something that cannot be: a text key and its arguments say what and how to do it right.</summary>
internal sealed class WrongUseException(string key, params (string Name, object? Value)[] arguments) : Exception(key)
{
    public string Key { get; } = key;

    public IReadOnlyList<(string Name, object? Value)> Arguments { get; } = arguments;
}
