using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Common part of both engines, which differ in how they write a vector.</summary>
internal abstract class EmbeddingStore(JarvisDbContext db) : IEmbeddingStore
{
    /// <summary>
    /// Conditions for rows without a model and rows of other models. They are three ranges of one index, which are empty when all
    /// rows are current. An inequality would read the whole index.
    /// </summary>
    private static readonly string[] OutdatedModel = ["IS NULL", "> {0}", "< {0}"];

    /// <summary>Excludes the texts of users who allow only local models, unless the embedding server is local.</summary>
    private const string LocalOnlyUsers = "AND ({2} OR user_id NOT IN (SELECT user_id FROM user_config WHERE local_models_only))";

    private static readonly string Find =
        "SELECT is_turn, id, text FROM ("
        + BuildQuery(
            "false AS is_turn, id, content AS text",
            $"true AS is_turn, id, substr(prompt, 1, {EmbeddingInput.PromptLength}) || '\n' || substr(response, 1, {EmbeddingInput.AnswerLength}) AS text")
        + ") AS found ORDER BY id DESC LIMIT {1}";

    private static readonly string Count = $"SELECT count(*) AS \"Value\" FROM ({BuildQuery("id", "id")}) AS found";

    public async Task<IReadOnlyList<PendingEmbedding>> FindAsync(string model, int count, bool withLocalOnly, CancellationToken cancellationToken) => await db.Database
        .SqlQuery<PendingEmbedding>(FormattableStringFactory.Create(Find, model, count, withLocalOnly))
        .ToListAsync(cancellationToken);

    public async Task<int> CountAsync(string model, int limit, bool withLocalOnly, CancellationToken cancellationToken)
    {
        var counts = await db.Database.SqlQuery<int>(FormattableStringFactory.Create(Count, model, limit, withLocalOnly)).ToListAsync(cancellationToken);

        return Math.Min(limit, counts.Single());
    }

    public async Task<int> StoreAsync(string model, IReadOnlyList<EmbeddedRow> embedded, CancellationToken cancellationToken)
    {
        var stored = 0;

        // Items and turns are separate and in the order of their ids. A consistent lock order avoids deadlocks.
        foreach (var kind in embedded.GroupBy(entry => entry.Row.IsTurn))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            foreach (var (row, vector) in kind.OrderBy(entry => entry.Row.Id))
            {
                stored += row.IsTurn
                    ? await StoreTurnAsync(model, row, vector, cancellationToken)
                    : await StoreItemAsync(model, row, vector, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return stored;
    }

    /// <returns>1, or 0 if the text has changed.</returns>
    protected abstract Task<int> StoreItemAsync(string model, PendingEmbedding item, float[]? vector, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces the vector of an existing turn.</summary>
    protected abstract Task InsertTurnAsync(string model, Guid turn, float[] vector, CancellationToken cancellationToken);

    protected Task<int> ExecuteAsync(FormattableString statement, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(statement, cancellationToken);

    // The text of a turn never changes, but the turn can be deleted or forgotten. The update locks the row against both.
    private async Task<int> StoreTurnAsync(string model, PendingEmbedding turn, float[]? vector, CancellationToken cancellationToken)
    {
        var updated = await ExecuteAsync(
            $"UPDATE conversation_history SET embedding_model = {model} WHERE id = {turn.Id} AND status = 'completed' AND recallable",
            cancellationToken);
        if (updated > 0 && vector is not null)
        {
            await InsertTurnAsync(model, turn.Id, vector, cancellationToken);
        }

        return updated;
    }

    private static string BuildQuery(string itemColumns, string turnColumns) => string.Join(" UNION ALL ", OutdatedModel.SelectMany(range => new[]
    {
        $"SELECT * FROM (SELECT {itemColumns} FROM memory_items WHERE embedding_model {range} {LocalOnlyUsers}"
        + " ORDER BY embedding_model DESC, id DESC LIMIT {1}) AS items",
        $"SELECT * FROM (SELECT {turnColumns} FROM conversation_history WHERE embedding_model {range} AND status = 'completed' AND recallable {LocalOnlyUsers}"
        + " ORDER BY embedding_model DESC, id DESC LIMIT {1}) AS turns",
    }));
}
