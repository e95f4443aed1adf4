using System.Globalization;
using Lantai.Characterization;

namespace Lantai.Inspection;

/// <summary>What a search found so far, piece after piece. Of texts it keeps the end of the last line and no more.</summary>
/// <param name="files">How many files the package has.</param>
/// <remarks>Made for one thread.</remarks>
internal sealed class SecretFindings(int files)
{
    private const int MostDoubts = 100;
    private const int MostTail = 32;

    private readonly HashSet<SecretMark> _doubts = [];
    private readonly List<SecretMark> _inOrder = [];
    private readonly List<KeyValuePair<string, string>> _notSearched = [];
    private int _file;
    private string? _tail;
    private string? _level;
    private string _field = "";
    private string _inside = "";
    private SecretMark? _waiting;

    /// <summary>The first mark; null while there is none.</summary>
    public SecretMark? Mark { get; private set; }

    /// <summary>Words that a person must look at, each place once.</summary>
    public IReadOnlyList<SecretMark> Doubts => _inOrder;

    /// <summary>Files that were not searched to their end, and why.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> NotSearched => _notSearched;

    /// <summary>Whether the present file has neither a mark nor a doubt so far.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Goes on to a file.</summary>
    /// <param name="file">Its number, from 1; 0 for the names of the package.</param>
    public void Begin(int file)
    {
        _ = End();
        (_file, IsSilent, _tail, _level, _inside) = (file, true, null, null, "");
    }

    /// <summary>The present file was read as far as it goes; false when a mark was found.</summary>
    public bool End()
    {
        // A level that stands alone and has no other beside it is no choice.
        if (_waiting is { } mark)
        {
            (Mark, _waiting) = (Mark ?? mark, null);
        }

        return Mark is null;
    }

    /// <summary>Something of a file was not searched.</summary>
    public void Miss(string path, string why) => _notSearched.Add(KeyValuePair.Create(path, why));

    /// <summary>Looks at a piece; false when a mark was found and no more is wanted.</summary>
    public bool Take(TextPiece piece)
    {
        _level = piece.Inside == _inside ? _level : null;
        var before = piece.Inside == _inside ? _tail : null;
        (_tail, _inside) = (SecretText.IsCut(piece.Text) ? piece.Text[Math.Max(0, piece.Text.Length - MostTail)..].TrimEnd() : null, piece.Inside);
        if (before is not null && piece.Text.TrimStart().StartsWith(SecretText.Sign))
        {
            return Judge(piece with { Text = before + piece.Text.TrimStart() }); // a word that the end of a line cuts
        }

        return Judge(piece);
    }

    private bool Judge(TextPiece piece)
    {
        var rule = SecretPatterns.Current.FindMark(piece);
        var level = rule is null && _level is null ? null : SecretText.LevelOf(piece.Text);
        if (IsChoice(rule, level, piece))
        {
            _waiting = null;
            (_level, _field) = (level, piece.Field);
            Doubt(At("choice", piece));
            return true;
        }

        if (!End())
        {
            return false;
        }

        (_level, _field) = (rule is "line" && piece.Role is (TextRole.Body or TextRole.Field) ? level : null, piece.Field);
        if (rule is not null)
        {
            IsSilent = false;
            (Mark, _waiting) = _level is null ? (At(rule, piece), null) : ((SecretMark?)null, At(rule, piece));
            return Mark is null;
        }

        if (_inOrder.Count >= MostDoubts)
        {
            IsSilent = false; // nobody asks any more
        }
        else if (SecretPatterns.Current.FindDoubt(piece) is { } doubt)
        {
            Doubt(At(doubt, piece));
        }

        return true;
    }

    // Levels that stand one after another, each alone on a line or in a cell, are a list to choose from.
    private bool IsChoice(string? rule, string? level, TextPiece piece) =>
        rule is "line" && level is not null && _level is not null && level != _level && piece.Field == _field;

    private void Doubt(SecretMark doubt)
    {
        IsSilent = false;
        if (_inOrder.Count < MostDoubts && _doubts.Add(doubt))
        {
            _inOrder.Add(doubt);
        }
    }

    private SecretMark At(string rule, TextPiece piece)
    {
        var file = _file == 0 ? "package" : string.Create(CultureInfo.InvariantCulture, $"file {_file} of {files}");
        var inside = piece.Inside.Length == 0 ? "" : $", inside {piece.Inside}";
        var unit = piece.Number == 0 ? piece.Unit : string.Create(CultureInfo.InvariantCulture, $"{piece.Unit} {piece.Number}");
        return new SecretMark(rule, $"{file}{inside}, {unit}") { File = _file, Files = files, Inside = piece.Inside, Unit = piece.Unit, Number = piece.Number };
    }
}
