using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>What one person's memory holds that is nearest to a question, the best first: of that person and of the question's model alone.</summary>
internal interface INearestMemories
{
    Task<IReadOnlyList<Nearest>> FindAsync(UserId user, QueryVector query, int count, CancellationToken cancellationToken);
}
