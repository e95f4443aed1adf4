using System.Globalization;
using Lantai.DataManagement;
using LiteDB;

namespace Lantai.Adapters.LiteDb;

/// <summary>Turns what LiteDB throws into the port's exception.</summary>
/// <param name="path">The database file.</param>
internal sealed class LiteGuard(string path)
{
    public DocumentStoreException Damage(string message, Exception? cause) => new(DocumentStoreProblem.Damaged, path, message, cause);

    /// <summary>Runs nothing but calls of LiteDB, so that any failure is its own or its file's.</summary>
    public T Run<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (DocumentStoreException)
        {
            throw;
        }
        catch (Exception problem) when (Judge(problem) is { } judged)
        {
            throw new DocumentStoreException(judged, path, string.Create(CultureInfo.InvariantCulture, $"{problem.GetType().Name}: {problem.Message}"), problem);
        }
    }

    // LiteDB meets a damaged page with whatever its parsing runs into first, so every such type means damage.
    private static DocumentStoreProblem? Judge(Exception problem) => problem switch
    {
        LiteException { ErrorCode: LiteException.LOCK_TIMEOUT or LiteException.ALREADY_OPEN_DATAFILE or LiteException.ENGINE_DISPOSED } => DocumentStoreProblem.Unavailable,
        LiteException => DocumentStoreProblem.Damaged,
        EndOfStreamException => DocumentStoreProblem.Damaged,
        IOException or UnauthorizedAccessException or ObjectDisposedException => DocumentStoreProblem.Unavailable,
        ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or InvalidCastException
            or KeyNotFoundException or ArithmeticException or FormatException or NotSupportedException or NotImplementedException
            or OutOfMemoryException or AggregateException => DocumentStoreProblem.Damaged,
        _ => null,
    };
}
