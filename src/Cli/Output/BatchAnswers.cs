using System.Text.Json.Nodes;

namespace Lantai.Cli.Output;

/// <summary>
/// One answer for each submission of a batch, in the order of the submissions whatever the order in which they end. The
/// answers lie in a nameless temporary file, so that memory does not grow with the batch.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class BatchAnswers : IDisposable
{
    private readonly FileStream _file;
    private readonly List<(long Offset, int Length)> _places;

    /// <param name="count">Submissions in the batch, as far as that is known.</param>
    public BatchAnswers(int count)
    {
        _places = [.. Enumerable.Repeat((0L, 0), count)];
        var path = Path.GetTempFileName();
        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        File.Delete(path); // the descriptor keeps it, and nothing of it outlives the process
    }

    /// <summary>Takes the answer of the submission at a place.</summary>
    public void Add(int place, JsonNode answer)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
        _places[place] = (_file.Position, bytes.Length);
        _file.Write(bytes);
    }

    /// <summary>Takes an answer behind all others.</summary>
    public void Append(JsonNode answer)
    {
        _places.Add(default);
        Add(_places.Count - 1, answer);
    }

    /// <summary>The answers that came, by place.</summary>
    public IEnumerable<JsonNode> InOrder()
    {
        _file.Flush();
        foreach (var (offset, length) in _places)
        {
            if (length > 0)
            {
                var bytes = new byte[length];
                _ = _file.Seek(offset, SeekOrigin.Begin);
                _file.ReadExactly(bytes);
                yield return JsonNode.Parse(bytes)!;
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
