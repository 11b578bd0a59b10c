using System.Collections.Concurrent;
using System.Diagnostics;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.TestSupport.Database;

/// <summary>
/// Captures all statements that the processes of one host send to its database. It uses Entity Framework's diagnostic listeners, so that
/// the product needs no hook for it.
/// </summary>
public sealed class CapturedSql : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";
    private static readonly string Executing = RelationalEventId.CommandExecuting.Name!;

    private readonly ConcurrentDictionary<string, int> statements = [];
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly string database;

    private CapturedSql(DbContext context)
    {
        database = NameOf(context);
        OwnedTables = [.. context.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(IUserOwned))).Select(entity => entity.GetTableName()!)];
    }

    /// <summary>Tables whose rows each belong to one user.</summary>
    public IReadOnlyCollection<string> OwnedTables { get; }

    /// <summary>Distinct texts of the statements.</summary>
    public IReadOnlyCollection<string> Texts => [.. statements.Keys];

    public static CapturedSql Of(JarvisHost host)
    {
        using var scope = host.Services.CreateScope();
        var watched = new CapturedSql(scope.ServiceProvider.GetRequiredService<JarvisDbContext>());
        watched.subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(watched));

        return watched;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Source)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Executing && value.Value is CommandEventData { Context: { } context, Command: { } command } && NameOf(context) == database)
        {
            foreach (var statement in command.CommandText.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                statements[statement] = 0;
            }
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    // File name in embedded mode, otherwise the name of the test's database.
    private static string NameOf(DbContext context)
    {
        var connection = context.Database.GetDbConnection();

        return $"{connection.DataSource}/{connection.Database}";
    }
}
