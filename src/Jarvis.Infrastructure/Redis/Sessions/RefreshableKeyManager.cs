using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>Key manager that can invalidate the key ring, which is otherwise cached for a day. Its next use reads it again.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source has nothing to release, and key rings may still read its token.")]
internal sealed class RefreshableKeyManager(IKeyManager inner) : IKeyManager
{
    private CancellationTokenSource changed = new();

    public void Refresh() => Interlocked.Exchange(ref changed, new CancellationTokenSource()).Cancel();

    public CancellationToken GetCacheExpirationToken() => changed.Token;

    public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = inner.CreateNewKey(activationDate, expirationDate);
        Refresh();

        return key;
    }

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        inner.RevokeKey(keyId, reason);
        Refresh();
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        inner.RevokeAllKeys(revocationDate, reason);
        Refresh();
    }
}
