using Microsoft.Data.Sqlite;

namespace Lantai.Adapters.Sqlite;

/// <summary>Prepared statements of one connection, kept for use again: preparing costs more than running.</summary>
/// <remarks>Not safe for concurrent use. Each statement takes its values in the order of its question marks.</remarks>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public int Run(string text, params ReadOnlySpan<object> values)
    {
        var command = Prepare(text, values);
        return command.ExecuteNonQuery();
    }

    public SqliteDataReader Read(string text, params ReadOnlySpan<object> values) => Prepare(text, values).ExecuteReader();

    /// <summary>Forgets all statements: after a roll-back a table that they name may be gone.</summary>
    public void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }

    public void Dispose() => Forget();

    private SqliteCommand Prepare(string text, ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // texts are made of constants and of names that CollectionName has checked
            command.CommandText = text;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                _ = command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (char)('a' + i) });
            }

            _prepared.Add(text, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
