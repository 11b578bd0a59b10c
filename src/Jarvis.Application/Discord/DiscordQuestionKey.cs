using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>What a question is known by.</summary>
public sealed record DiscordQuestionKey(UserId User, DiscordQuestionId Id);
