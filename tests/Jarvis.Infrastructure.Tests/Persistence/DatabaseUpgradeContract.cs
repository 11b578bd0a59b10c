using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Persistence;

public sealed class SqliteUpgradeTests() : DatabaseUpgradeContract("sqlite.sql"), IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("jarvis-upgrade-").FullName;

    protected override Task AddDatabaseAsync(IServiceCollection services)
    {
        services.AddSqlite(Path.Combine(directory, "jarvis.db"));

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }
}

public sealed class PostgresUpgradeTests() : DatabaseUpgradeContract("postgres.sql"), IAsyncDisposable
{
    private PostgresDatabase? database;

    protected override async Task AddDatabaseAsync(IServiceCollection services)
    {
        database = await PostgresDatabase.CreateEmptyAsync();
        services.AddPostgres(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}

/// <summary>
/// Upgrades a database of the first schema, which the SQL files in <c>Baseline</c> create together with a few rows. Do not change
/// these files: databases of that schema exist. A new migration must also work for them.
/// </summary>
public abstract class DatabaseUpgradeContract(string baseline)
{
    private const string FirstMigration = "Initial";

    protected abstract Task AddDatabaseAsync(IServiceCollection services);

    [Fact]
    public async Task Database_of_the_first_schema_keeps_its_rows()
    {
        var collection = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        await AddDatabaseAsync(collection);
        collection.AddMemorySearch();
        await using var services = collection.BuildServiceProvider();
        await ExecuteBaselineAsync(services);

        await services.MigrateAsync();

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        (await db.Database.GetAppliedMigrationsAsync()).Should().BeSubsetOf(db.Database.GetMigrations(), "the first migration keeps its name")
            .And.Contain(name => name.EndsWith(FirstMigration, StringComparison.Ordinal));
        var user = await db.Users.SingleAsync();
        user.UserName.Should().Be("anna");
        (await db.UserConfigs.SingleAsync()).SpeechSpeed.Should().Be(SpeechSpeed.Default);
        (await db.Conversations.SingleAsync()).Title.Should().Be("Parrots");
        var turn = await db.Turns.SingleAsync();
        turn.Should().BeEquivalentTo(new { Prompt = "My parrot is called Kiki", Response = "What a nice name.", UserId = user.Id });
        (await db.MemoryItems.SingleAsync()).Should().BeEquivalentTo(new { Content = "The parrot is called Kiki", SourceTurnId = turn.Id });
        (await SearchAsync(scope.ServiceProvider, user.Id)).Should().Contain(hit => hit.Content.Contains("Kiki", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<MemoryHit>> SearchAsync(IServiceProvider services, UserId user) => services.GetRequiredService<IMemorySearch>()
        .SearchAsync(new MemoryQuery(user, "What is my parrot called?", MemoryQuery.DefaultBudget, Conversation: null, Except: []), CancellationToken.None);

    private async Task ExecuteBaselineAsync(IServiceProvider services)
    {
        await using var stream = typeof(DatabaseUpgradeContract).Assembly.GetManifestResourceStream(baseline)!;
        using var reader = new StreamReader(stream);
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Database;
        await database.OpenConnectionAsync();
        await using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = await reader.ReadToEndAsync();
        await command.ExecuteNonQueryAsync();
        await database.CloseConnectionAsync();
    }
}
