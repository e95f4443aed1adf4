using System.Globalization;
using Lantai.DataManagement;
using Microsoft.Data.Sqlite;

namespace Lantai.Adapters.Sqlite;

/// <summary>Turns what SQLite throws into the port's exception.</summary>
/// <param name="path">The database file.</param>
internal sealed class SqliteGuard(string path)
{
    public DocumentStoreException Damage(string message, Exception? cause) => new(DocumentStoreProblem.Damaged, path, message, cause);

    /// <summary>Runs nothing but calls of SQLite, so that any failure is its own or its file's.</summary>
    public T Run<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (SqliteException problem)
        {
            throw new DocumentStoreException(Judge(problem.SqliteErrorCode), path, string.Create(CultureInfo.InvariantCulture, $"SQLite {problem.SqliteExtendedErrorCode}: {problem.Message}"), problem);
        }
        catch (Exception problem) when (problem is InvalidCastException or InvalidOperationException or FormatException or ArithmeticException)
        {
            throw Damage(string.Create(CultureInfo.InvariantCulture, $"{problem.GetType().Name}: {problem.Message}"), problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or (IOException and not DocumentStoreException))
        {
            throw new DocumentStoreException(DocumentStoreProblem.Unavailable, path, problem.Message, problem);
        }
    }

    // https://www.sqlite.org/rescode.html: PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, AUTH. All others mean
    // that the file does not hold what we wrote, and making it anew helps.
    private static DocumentStoreProblem Judge(int code) =>
        code is 3 or 5 or 6 or 7 or 8 or 10 or 13 or 14 or 23 ? DocumentStoreProblem.Unavailable : DocumentStoreProblem.Damaged;
}
