using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Holds the lines of the log's further keys in checkpoints against the statements that added them.</summary>
/// <remarks>spec/formats/checkpoint.md, "Added key".</remarks>
internal static class AddedKeyVerification
{
    /// <summary>Gives the key of SM2 that signed the store's checkpoint, as text.</summary>
    public static string? Run(IDisk disk, Vault vault, VerificationRequest request, FindingSink found)
    {
        foreach (var sequence in vault.BadAdditions())
        {
            found.Add(Finding.Error(Codes.DetailForm, $"ledger/{sequence}"));
        }

        CheckStatedKey(disk, vault.AddedKey(vault.Ledger.Size), found);
        if (request.Checkpoint is { } outside && Checkpoint.TryRead(outside.Text, out var earlier))
        {
            _ = CheckLines(vault, outside, "checkpoint", vault.AddedKey(earlier.Size), found);
        }

        if (!disk.Exists(StoreLayout.Checkpoint) || !SignedNote.TryParse(LedgerFiles.Small(disk, StoreLayout.Checkpoint), out var note) || !Checkpoint.TryRead(note.Text, out var head))
        {
            return null; // told where the log key's line is looked for
        }

        var named = vault.AddedKey(head.Size);
        if (named is not null && request.ExpectedSm2 is null)
        {
            found.Add(Finding.Information(Codes.KeySelfAsserted, StoreLayout.Sm2VerifierKey, ("key", named)));
        }

        var expected = request.ExpectedSm2 ?? named;
        if (expected is not null && !expected.Equals(named))
        {
            found.Add(Finding.Error(Codes.FurtherSignature, StoreLayout.Checkpoint, ("key", expected))); // the ledger does not name the key that is trusted
        }

        return CheckLines(vault, note, StoreLayout.Checkpoint, expected, found) ? expected?.ToString() : null;
    }

    private static bool CheckLines(Vault vault, SignedNote note, string subject, Sm2VerifierKey? key, FindingSink found)
    {
        var isSigned = key is not null && key.Verifies(note) && note.Signatures.Where(key.IsNamedBy).All(line => key.Verifies(note.Text, line));
        if (key is not null && !isSigned)
        {
            found.Add(Finding.Error(Codes.FurtherSignature, subject, ("key", key)));
        }

        foreach (var line in note.Signatures.Where(s => s.Name.StartsWith(vault.Descriptor.Origin + "/", StringComparison.Ordinal) && key?.IsNamedBy(s) != true))
        {
            found.Add(Finding.Warning(Codes.SignatureUnsupported, subject, ("name", line.Name)));
        }

        return isSigned;
    }

    /// <summary>What the root says of the key must be what the ledger says.</summary>
    private static void CheckStatedKey(IDisk disk, Sm2VerifierKey? current, FindingSink found)
    {
        var text = disk.Exists(StoreLayout.Sm2VerifierKey) ? Encoding.UTF8.GetString(LedgerFiles.Small(disk, StoreLayout.Sm2VerifierKey)) : null;
        if (text != (current is null ? null : current + "\n"))
        {
            found.Add(Finding.Error(Codes.VerifierKeyBad, StoreLayout.Sm2VerifierKey));
        }
    }
}
