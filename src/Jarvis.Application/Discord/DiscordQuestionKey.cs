using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Identifies a question and its owner.</summary>
public sealed record DiscordQuestionKey(UserId User, DiscordQuestionId Id);
