using System.Runtime.CompilerServices;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>What the two engines share; they differ in how a vector is written.</summary>
internal abstract class EmbeddingStore(JarvisDbContext db, IQueryEmbedder embedder) : IEmbeddingStore
{
    /// <summary>
    /// Those without a model, then those of others: three ranges of one index, which are empty where there is nothing to do.
    /// Inequality would read all of it.
    /// </summary>
    private static readonly string[] OutdatedModel = ["IS NULL", "> {0}", "< {0}"];

    /// <summary>People whose texts must not go where this server is.</summary>
    private const string LocalOnlyUsers = "AND ({2} OR user_id NOT IN (SELECT user_id FROM user_config WHERE local_models_only))";

    private static readonly string Find =
        "SELECT is_turn, id, text FROM ("
        + GroupByUser(
            "false AS is_turn, id, content AS text",
            $"true AS is_turn, id, substr(prompt, 1, {EmbeddingInput.PromptLength}) || '\n' || substr(response, 1, {EmbeddingInput.AnswerLength}) AS text")
        + ") AS found ORDER BY id DESC LIMIT {1}";

    private static readonly string Count = $"SELECT count(*) AS \"Value\" FROM ({GroupByUser("id", "id")}) AS found";

    public async Task<IReadOnlyList<PendingEmbedding>> FindAsync(string model, int count, CancellationToken cancellationToken) => await db.Database
        .SqlQuery<PendingEmbedding>(FormattableStringFactory.Create(Find, model, count, embedder.IsLocal))
        .ToListAsync(cancellationToken);

    public async Task<int> CountAsync(string model, int most, CancellationToken cancellationToken)
    {
        var counts = await db.Database.SqlQuery<int>(FormattableStringFactory.Create(Count, model, most, embedder.IsLocal)).ToListAsync(cancellationToken);

        return Math.Min(most, counts.Single());
    }

    public async Task<int> StoreAsync(string model, IReadOnlyList<EmbeddedRow> embedded, CancellationToken cancellationToken)
    {
        var stored = 0;

        // In the order of their ids, and items apart from turns: nobody who changes the same rows waits in a circle.
        foreach (var kind in embedded.GroupBy(one => one.Row.IsTurn))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            foreach (var (row, vector) in kind.OrderBy(one => one.Row.Id))
            {
                stored += row.IsTurn
                    ? await StoreTurnAsync(model, row, vector, cancellationToken)
                    : await StoreItemAsync(model, row, vector, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return stored;
    }

    /// <returns>1, or 0 where its text is no longer what it was.</returns>
    protected abstract Task<int> StoreItemAsync(string model, PendingEmbedding item, float[]? vector, CancellationToken cancellationToken);

    /// <summary>The vector of a turn that is there, whatever was stored for it before.</summary>
    protected abstract Task InsertTurnAsync(string model, Guid turn, float[] vector, CancellationToken cancellationToken);

    protected Task<int> ExecuteAsync(FormattableString statement, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(statement, cancellationToken);

    // What was said and answered never changes, but a turn may be gone, or be forgotten. Changing it first keeps others from that.
    private async Task<int> StoreTurnAsync(string model, PendingEmbedding turn, float[]? vector, CancellationToken cancellationToken)
    {
        var there = await ExecuteAsync(
            $"UPDATE conversation_history SET embedding_model = {model} WHERE id = {turn.Id} AND status = 'completed' AND recallable",
            cancellationToken);
        if (there > 0 && vector is not null)
        {
            await InsertTurnAsync(model, turn.Id, vector, cancellationToken);
        }

        return there;
    }

    private static string GroupByUser(string ofItem, string ofTurn) => string.Join(" UNION ALL ", OutdatedModel.SelectMany(range => new[]
    {
        $"SELECT * FROM (SELECT {ofItem} FROM memory_items WHERE embedding_model {range} {LocalOnlyUsers}"
        + " ORDER BY embedding_model DESC, id DESC LIMIT {1}) AS items",
        $"SELECT * FROM (SELECT {ofTurn} FROM conversation_history WHERE embedding_model {range} AND status = 'completed' AND recallable {LocalOnlyUsers}"
        + " ORDER BY embedding_model DESC, id DESC LIMIT {1}) AS turns",
    }));
}
