using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

internal static class UserMemoryLock
{
    /// <summary>
    /// Until the transaction ends nobody else learns, forgets or deletes what this person's memory holds: two conversations
    /// may tell the same at once, and what is forgotten meanwhile must not come back. A row of the person's is changed to what
    /// it is, because every engine keeps others from a row that was written; who only reads does not wait.
    /// </summary>
    public static Task LockMemoryAsync(this IJarvisDb db, UserId user, CancellationToken cancellationToken) =>
        db.UserConfigs.OwnedBy(user).ExecuteUpdateAsync(row => row.SetProperty(config => config.Language, config => config.Language), cancellationToken);
}
