using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

internal static class UserMemoryLock
{
    /// <summary>
    /// Locks the user's memory until the transaction ends. Two conversations can contain the same fact at the same time, and a concurrent
    /// forget must not be undone. The lock is an update that does not change its row, because every engine serializes writers of a
    /// row; readers do not wait.
    /// </summary>
    public static Task LockMemoryAsync(this IJarvisDb db, UserId user, CancellationToken cancellationToken) =>
        db.UserConfigs.OwnedBy(user).ExecuteUpdateAsync(row => row.SetProperty(config => config.Language, config => config.Language), cancellationToken);
}
