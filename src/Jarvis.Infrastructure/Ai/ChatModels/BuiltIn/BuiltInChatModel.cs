using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;

/// <summary>Answers without a language model: quotes memories in the user's own words, and says how to add a model.</summary>
/// <param name="hasOthers">Indicates whether a language model is available, so that the user chose this responder deliberately.</param>
internal sealed partial class BuiltInChatModel(bool hasOthers) : IChatModel
{
    public const string Id = BuiltInModel.Id;

    public static ChatModelDescription SelfDescription { get; } = new(Id, "offline", Available: true, Local: true);

    public ChatModelDescription Description => SelfDescription;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Match word in Words.Matches(BuiltInAnswer.Create(request.Messages[^1].Text, request.Memories, request.MemoryUsage, hasOthers)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ModelEvent.Text(word.Value);
        }

        await Task.CompletedTask;
        yield return new ModelEvent.Finished(UsedTokens: 0);
    }

    [GeneratedRegex(@"\s*\S+|\s+$")]
    private static partial Regex Words { get; }
}
