using System.Data.Common;
using System.Text.Json;
using Npgsql;

namespace Jarvis.Benchmarks.Baseline;

/// <summary>Database calls of one answer, with no code between the statements and the driver.</summary>
internal sealed class BaselineDatabase(string connection, string[] statements) : IAsyncDisposable
{
    private const int RecentTurns = 40;
    private const int Candidates = 60;

    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 60, NoResetOnClose = true });
    private readonly BaselineStatement token = BaselineStatement.Find(statements, "FROM access_tokens");
    private readonly BaselineStatement contextOfNew = BaselineStatement.Find(statements, "FROM user_config", without: "c.conversation_id = $");
    private readonly BaselineStatement context = BaselineStatement.Find(statements, "c.conversation_id = $");
    private readonly BaselineStatement search = BaselineStatement.Find(statements, "WITH RECURSIVE");
    private readonly BaselineStatement conversation = BaselineStatement.Find(statements, "INSERT INTO conversation (");
    private readonly BaselineStatement updateConversation = BaselineStatement.Find(statements, "UPDATE conversation SET");
    private readonly BaselineStatement turn = BaselineStatement.Find(statements, "INSERT INTO conversation_history");
    private readonly BaselineStatement document = BaselineStatement.Find(statements, "INSERT INTO search_documents");
    private readonly BaselineStatement insertMemory = BaselineStatement.Find(statements, "INSERT INTO turn_memories");
    private readonly BaselineStatement completed = BaselineStatement.Find(statements, "UPDATE conversation_history");

    public static async Task<BaselineDatabase> OpenAsync(string connection, string statementsFile) =>
        new(connection, JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(statementsFile))!);

    public async Task<Guid?> OwnerOfAsync(byte[] hash)
    {
        await using var command = token.On(database, ("hash", hash), ("expires_at", TimeProvider.System.GetUtcNow()));
        await using var rows = await command.ExecuteReaderAsync();

        return await rows.ReadAsync() ? rows.GetGuid(0) : null;
    }

    /// <summary>Earlier turns, newest first.</summary>
    public async Task<List<(string Prompt, string Response)>> ContextAsync(Guid user, Guid? conversationId)
    {
        await using var command = conversationId is null
            ? contextOfNew.On(database, ("user_id", user), ("LIMIT", RecentTurns))
            : context.On(database, ("user_id", user), ("conversation_id", conversationId), ("LIMIT", RecentTurns));
        await using var rows = await command.ExecuteReaderAsync();
        var (prompt, response) = (rows.GetOrdinal("prompt"), rows.GetOrdinal("response"));
        var turns = new List<(string, string)>();
        while (await rows.ReadAsync())
        {
            if (!rows.IsDBNull(prompt))
            {
                turns.Add((rows.GetString(prompt), rows.GetString(response)));
            }
        }

        return turns;
    }

    /// <summary>Memories, best first.</summary>
    public async Task<List<BaselineMemory>> SearchAsync(Guid user, string[] terms)
    {
        await using var command = search.On(database, ("user_id", user), ("term", terms), ("LIMIT", Candidates));
        await using var rows = await command.ExecuteReaderAsync();
        var (turnId, prompt, timestamp, score) = (rows.GetOrdinal("turn_id"), rows.GetOrdinal("prompt"), rows.GetOrdinal("timestamp"), rows.GetOrdinal("score"));
        var conversationId = LastOrdinal(rows, "conversation_id");
        var found = new List<BaselineMemory>();
        while (await rows.ReadAsync())
        {
            // Only an answered turn is joined.
            if (!rows.IsDBNull(prompt))
            {
                found.Add(new BaselineMemory(
                    rows.GetGuid(turnId), rows.GetString(prompt), rows.GetGuid(conversationId), rows.GetFieldValue<DateTimeOffset>(timestamp), rows.GetDouble(score)));
            }
        }

        return [.. found.OrderByDescending(memory => memory.Score)];
    }

    public async Task StoreAsync(BaselineTurn newTurn)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(newTurn.IsFirst
            ? conversation.InBatch(
                ("conversation_id", newTurn.Conversation), ("created_at", newTurn.At), ("platform", "web"), ("title", newTurn.Prompt), ("updated_at", newTurn.At),
                ("user_id", newTurn.User))
            : updateConversation.InBatch(("updated_at", newTurn.At), ("conversation_id", newTurn.Conversation)));
        batch.BatchCommands.Add(turn.InBatch(
            ("id", newTurn.Id), ("conversation_id", newTurn.Conversation), ("external_id", null), ("failure_arguments", Array.Empty<string>()),
            ("failure_code", null), ("failure_message", null), ("model", null), ("prompt", newTurn.Prompt), ("recallable", true),
            ("remembered_at", null), ("response", null), ("status", "pending"), ("timestamp", newTurn.At), ("used_tokens", 0), ("user_id", newTurn.User)));
        batch.BatchCommands.Add(document.InBatch(("memory_item_id", null), ("terms", newTurn.Terms), ("turn_id", newTurn.Id), ("user_id", newTurn.User)));
        foreach (var (position, memory) in newTurn.Memories.Index())
        {
            batch.BatchCommands.Add(insertMemory.InBatch(("position", position), ("turn_id", newTurn.Id), ("memory_item_id", null), ("source_turn_id", memory.Turn)));
        }

        await batch.ExecuteNonQueryAsync();
    }

    public async Task CompleteAsync(Guid id, string model, string response)
    {
        // The status occurs twice: as the new and as the expected value.
        await using var command = completed.On(
            database,
            ("failure_arguments", Array.Empty<string>()), ("failure_code", null), ("failure_message", null), ("model", model),
            ("response", response), ("status", "completed"), ("used_tokens", 0), ("id", id));
        command.Parameters[^1].Value = "pending";
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static int LastOrdinal(DbDataReader rows, string name)
    {
        var i = rows.FieldCount - 1;
        while (rows.GetName(i) != name)
        {
            i--;
        }

        return i;
    }
}

internal sealed record BaselineMemory(Guid Turn, string Prompt, Guid Conversation, DateTimeOffset At, double Score);

internal sealed record BaselineTurn(Guid Id, Guid Conversation, Guid User, bool IsFirst, string Prompt, string Terms, DateTimeOffset At, IReadOnlyList<BaselineMemory> Memories);
