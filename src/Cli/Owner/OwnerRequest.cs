using System.Text.Json;

namespace Lantai.Cli.Owner;

/// <summary>A command that another process sends to the owner of its store.</summary>
/// <param name="Arguments">What was typed.</param>
/// <param name="Folder">Where it was typed; relative paths start here.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>.</param>
/// <param name="Json">Whether one JSON document is wanted.</param>
/// <param name="Width">Columns of the sender's terminal.</param>
/// <param name="IsTerminal">Whether a person looks at it.</param>
/// <param name="Program">How the sender calls the program.</param>
internal sealed record OwnerRequest(IReadOnlyList<string> Arguments, string Folder, string Language, bool Json, int Width, bool IsTerminal, string Program)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static OwnerRequest? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<OwnerRequest>(bytes) is { Arguments: not null, Folder: { } folder } request && Path.IsPathRooted(folder) ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
