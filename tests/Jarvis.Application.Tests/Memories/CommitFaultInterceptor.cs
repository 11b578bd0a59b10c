using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Application.Tests.Memories;

/// <summary>Breaks the connection at a commit: before it reaches the database, or before its response arrives.</summary>
internal sealed class CommitFaultInterceptor : DbTransactionInterceptor
{
    public Exception? Before { get; set; }

    public Exception? After { get; set; }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default) => Before is { } fault ? throw fault : ValueTask.FromResult(result);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) => After is { } fault ? throw fault : Task.CompletedTask;
}
