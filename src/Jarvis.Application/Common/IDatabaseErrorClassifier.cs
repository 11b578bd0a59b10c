namespace Jarvis.Application.Common;

/// <summary>What the database's exceptions mean. They reach everybody as the drivers throw them; only who knows the drivers can tell.</summary>
public interface IDatabaseErrorClassifier
{
    /// <summary>Another writer was there first: what was read is no longer what is there. Reading it again helps.</summary>
    bool IsConflict(Exception exception);

    /// <summary>The database does not answer, or cannot serve at the moment: whoever asked did nothing wrong. Waiting helps.</summary>
    bool IsTransient(Exception exception);
}
