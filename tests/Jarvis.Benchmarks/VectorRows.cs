using System.Data.Common;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Embeddings;

namespace Jarvis.Benchmarks;

/// <summary>Writes memories and turns with their vectors straight into the tables.</summary>
/// <param name="IsTidied">Whether an engine has noted which rows everybody sees, which PostgreSQL does by itself in time.</param>
internal sealed record VectorRows(string Item, string Turn, string TurnVector, Func<float[], object> Vector, Func<Guid, object> Id, string? IsTidied)
{
    private const string ItemColumns = "id, user_id, kind, content, content_hash, salience, pinned, created_at, valid_from, embedding_model, embedding";
    private const string TurnColumns = "id, conversation_id, user_id, prompt, response, used_tokens, timestamp, status, failure_arguments, recallable, embedding_model";
    private const string Said = "'Something that was said once, about as long as such sentences are.'";

    public static VectorRows Postgres { get; } = new(
        $"INSERT INTO memory_items ({ItemColumns}) VALUES (@id, @user, 'fact', {Said}, @id::text, 0.5, false, now(), now(), 'bench/512', @vector::real[]::halfvec)",
        $"INSERT INTO conversation_history ({TurnColumns}) VALUES (@id, @conversation, @user, {Said}, 'I see.', 1, now(), 'completed', ARRAY[]::text[], true, 'bench/512')",
        "INSERT INTO turn_embeddings (turn_id, user_id, embedding_model, embedding) VALUES (@id, @user, 'bench/512', @vector::real[]::halfvec)",
        vector => vector,
        id => id,
        "SELECT min(relallvisible) > 0 FROM pg_class WHERE relname IN ('memory_items', 'turn_embeddings')");

    public static VectorRows Sqlite { get; } = new(
        $"INSERT INTO memory_items ({ItemColumns}, embedding_code) VALUES (@id, @user, 'fact', {Said}, @id, 0.5, 0, '', '', 'bench/512', @vector, @code)",
        $"INSERT INTO conversation_history ({TurnColumns}) VALUES (@id, @conversation, @user, {Said}, 'I see.', 1, '', 'completed', '[]', 1, 'bench/512')",
        "INSERT INTO turn_embeddings (turn_id, user_id, embedding_model, embedding, embedding_code) VALUES (@id, @user, 'bench/512', @vector, @code)",
        vector => StoredVector.Encode(vector),
        id => id.ToString().ToUpperInvariant(),
        IsTidied: null);

    private const string Conversation =
        "INSERT INTO conversation (conversation_id, user_id, title, platform, created_at, updated_at) VALUES (@conversation, @user, 'A conversation', 'web', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')";

    public async Task VacuumAsync(DbConnection connection)
    {
        // Whoever else has a look at the table at that moment keeps it from being done.
        while (IsTidied is not null && !await IsSoAsync(IsTidied))
        {
            foreach (var tidying in new[] { "VACUUM ANALYZE memory_items", "VACUUM ANALYZE turn_embeddings" })
            {
                await using var command = connection.CreateCommand();
                command.CommandText = tidying;
                await command.ExecuteNonQueryAsync();
            }
        }

        async Task<bool> IsSoAsync(string question)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = question;

            return (bool)(await command.ExecuteScalarAsync())!;
        }
    }

    public async Task FillAsync(DbConnection connection, bool isTurn, IEnumerable<(Guid Id, UserId Owner, float[] Vector)> rows)
    {
        var conversations = new Dictionary<UserId, object>();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (id, owner, vector) in rows)
        {
            (string, object)[] values = [("id", Id(id)), ("user", Id(owner.Value)), ("vector", Vector(vector)), ("code", StoredVector.ComputeCode(vector))];
            if (!isTurn)
            {
                await ExecuteAsync(Item, values);
                continue;
            }

            if (!conversations.TryGetValue(owner, out var conversation))
            {
                conversation = conversations[owner] = Id(Guid.NewGuid());
                await ExecuteAsync(Conversation, [("conversation", conversation), ("user", Id(owner.Value))]);
            }

            await ExecuteAsync(Turn, [.. values, ("conversation", conversation)]);
            await ExecuteAsync(TurnVector, values);
        }

        await transaction.CommitAsync();

        async Task ExecuteAsync(string sql, (string Name, object Value)[] values)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            foreach (var (name, value) in values.Where(value => sql.Contains("@" + value.Name, StringComparison.Ordinal)))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
