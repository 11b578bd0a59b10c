using System.Text.Json;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Reads a conversation in the format of Jarvis. Programs write it, so errors are rejected and not corrected.</summary>
internal static class JarvisConversation
{
    public static Result<ConversationImportModel> Read(JsonElement conversation)
    {
        var turns = conversation.Property("turns");
        if (!turns.Is(JsonValueKind.Array))
        {
            return conversation.Property("externalId") is null ? ImportErrors.NotRecognized : ImportErrors.TurnsMissing;
        }

        return new ConversationImportModel(
            conversation.Property("externalId").Text(),
            conversation.Property("title").Text(),
            conversation.Property("createdAt").Time(),
            [.. turns.Items().Select(turn => new TurnImportModel(
                turn.Property("externalId").Text(),
                turn.Property("prompt").Text(),
                turn.Property("response").Text(),
                turn.Property("at").Time()))]);
    }
}
