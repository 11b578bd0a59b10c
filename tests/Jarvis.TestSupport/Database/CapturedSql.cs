using System.Collections.Concurrent;
using System.Diagnostics;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.TestSupport.Database;

/// <summary>
/// All statements that the processes of one host send to its database, as they go out. It listens to what Entity Framework tells
/// every listener of the process, so that the product needs no door for it.
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

    /// <summary>The tables whose rows each belong to one person.</summary>
    public IReadOnlyCollection<string> OwnedTables { get; }

    /// <summary>Each text once.</summary>
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

    // A file in embedded mode, else the name of a test's own database.
    private static string NameOf(DbContext context)
    {
        var connection = context.Database.GetDbConnection();

        return $"{connection.DataSource}/{connection.Database}";
    }
}
