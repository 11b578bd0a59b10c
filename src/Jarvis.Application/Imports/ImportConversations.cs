using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;

namespace Jarvis.Application.Imports;

/// <summary>
/// Imports conversations in the order of the file. Existing turns are skipped and stay unchanged; a deleted conversation is
/// restored. Stops at the first invalid conversation and keeps the earlier ones, so the same file can be uploaded again.
/// </summary>
public sealed record ImportConversations(UserId User, IAsyncEnumerable<Result<ConversationImportModel>> Conversations)
    : IRequest<Result<ImportResult>>;

/// <param name="Imported">New turns.</param>
/// <param name="Skipped">Turns that already existed.</param>
/// <param name="Shortened">Texts that were cut, because they exceed the limit of a turn.</param>
/// <param name="Conversations">All conversations of the file with turns, new or not.</param>
/// <param name="Stopped">Reason why the import stopped early; null if it reached the end of the file.</param>
public sealed record ImportResult(int Imported, int Skipped, int Shortened, IReadOnlyList<ImportedConversation> Conversations, Error? Stopped);

public sealed record ImportedConversation(string ExternalId, ConversationId ConversationId, string Title);

internal sealed class ImportConversationsHandler(ConversationImportWriter store, IImportCoordinator coordinator, TimeProvider clock)
    : IRequestHandler<ImportConversations, Result<ImportResult>>
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    public async Task<Result<ImportResult>> Handle(ImportConversations request, CancellationToken cancellationToken)
    {
        await using var lease = await coordinator.TryAcquireAsync(request.User);
        if (lease is null)
        {
            return ImportErrors.Running;
        }

        var rules = new ConversationImportValidator(clock.GetUtcNow());
        var conversations = new List<ImportedConversation>();
        var progress = new ImportProgress(0, 0, 0);
        var (shortened, lastReport) = (0, clock.GetTimestamp());
        await foreach (var read in request.Conversations.WithCancellation(cancellationToken))
        {
            var refused = rules.Check(read, progress.Conversations);
            if (refused.Count > 0)
            {
                // An unreadable first conversation means that the file has another format.
                var stopped = progress.Conversations == 0 && read.Error is { } unreadable ? unreadable : ImportErrors.Stopped(progress, refused);

                return new ImportResult(progress.Imported, progress.Skipped, shortened, conversations, stopped);
            }

            var stored = await store.StoreAsync(request.User, read.Value, cancellationToken);
            progress = new ImportProgress(progress.Conversations + 1, progress.Imported + stored.Imported, progress.Skipped + stored.Skipped);
            shortened += read.Value.Shortened;
            if (stored.Conversation is { } conversation)
            {
                conversations.Add(new ImportedConversation(read.Value.ExternalId!, conversation.Id, conversation.Title));
            }

            if (clock.GetElapsedTime(lastReport) > ReportInterval)
            {
                lastReport = clock.GetTimestamp();
                await lease.ReportAsync(progress);
            }
        }

        return new ImportResult(progress.Imported, progress.Skipped, shortened, conversations, Stopped: null);
    }
}
