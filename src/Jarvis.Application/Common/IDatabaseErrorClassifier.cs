namespace Jarvis.Application.Common;

/// <summary>Classifies database exceptions, which reach callers unchanged. Only an implementation knows the drivers.</summary>
public interface IDatabaseErrorClassifier
{
    /// <summary>A concurrent write changed the data after it was read. Reading the data again helps.</summary>
    bool IsConflict(Exception exception);

    /// <summary>The database is unavailable or overloaded. Waiting helps.</summary>
    bool IsTransient(Exception exception);
}
