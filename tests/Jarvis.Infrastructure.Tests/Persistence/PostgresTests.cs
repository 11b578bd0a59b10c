using Jarvis.Application.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.TestSupport.Output;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>Tests behaviour that only PostgreSQL has: several processes at once, and batches without an explicit transaction.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private PostgresDatabase database = null!;
    private ServiceProvider services = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        services = Process(database);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Concurrent_migrations_all_succeed()
    {
        await using var empty = await PostgresDatabase.CreateEmptyAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => Process(empty)).ToList();

        await Task.WhenAll(processes.Select(process => Task.Run(process.MigrateAsync)));

        await TestDatabase.AddUserAsync(processes[0], TimeProvider.System.GetUtcNow());
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task Concurrent_first_registrations_succeed_with_one_administrator()
    {
        var registered = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var scope = services.CreateAsyncScope();

            return await scope.ServiceProvider.GetRequiredService<IAccounts>()
                .RegisterAsync($"person{number}", $"person{number}@example.org", "correct horse battery staple", CancellationToken.None);
        })));

        registered.Should().OnlyContain(result => result.Error == null);
        registered.Count(result => result.Value.IsAdministrator).Should().Be(1);
    }

    [Fact]
    public async Task Concurrent_registrations_of_one_name_fail_for_the_second_as_taken()
    {
        await TestDatabase.AddUserAsync(services, TimeProvider.System.GetUtcNow());

        var registered = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(async () =>
        {
            await using var scope = services.CreateAsyncScope();

            return await scope.ServiceProvider.GetRequiredService<IAccounts>()
                .RegisterAsync("anna", $"anna{number}@example.org", "correct horse battery staple", CancellationToken.None);
        })));

        registered.Select(result => result.Error?.Code).Should().BeEquivalentTo([null, AccountErrors.UsernameTaken.Code]);
    }

    [Fact]
    public async Task Batch_is_stored_as_a_whole_or_not_at_all()
    {
        var now = TimeProvider.System.GetUtcNow();
        var person = await TestDatabase.AddUserAsync(services, now);
        var unknown = UserId.New(now);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        db.Conversations.Add(Conversation.Start(person, Platform.Web, "Stored first", now));
        db.Conversations.Add(Conversation.Start(unknown, Platform.Web, "Rejected: the user does not exist", now));

        var act = () => db.SaveChangesAsync(CancellationToken.None);

        await act.Should().ThrowAsync<DbUpdateException>();
        db.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.Never, "the test is about a batch without a transaction");
        (await CountAsync("conversation")).Should().Be(0);
    }

    [Fact]
    public async Task Search_postings_are_deleted_with_their_turns()
    {
        var now = TimeProvider.System.GetUtcNow();
        var person = await TestDatabase.AddUserAsync(services, now);
        var conversation = Conversation.Start(person, Platform.Web, "A conversation", now);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        db.Conversations.Add(conversation);
        db.Turns.Add(conversation.Ask("My parrot, my parrot is called Kiki", now));
        await db.SaveChangesAsync(CancellationToken.None);
        (await CountAsync("search_postings")).Should().BePositive();

        await db.Users.ExecuteDeleteAsync();

        (await CountAsync("search_postings")).Should().Be(0);
    }

    private static ServiceProvider Process(PostgresDatabase database) =>
        new ServiceCollection().AddCapturedLogging().AddSingleton(TimeProvider.System).AddPostgres(database.ConnectionString).AddAccounts().BuildServiceProvider();

    private async Task<long> CountAsync(string table)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);

        return (long)(await command.ExecuteScalarAsync())!;
    }
}
