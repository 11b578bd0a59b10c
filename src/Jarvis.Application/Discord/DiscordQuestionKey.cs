using Jarvis.Domain.Accounts;
using Jarvis.Domain.Discord;

namespace Jarvis.Application.Discord;

/// <summary>Identifies a question and its owner.</summary>
public sealed record DiscordQuestionKey(UserId User, DiscordQuestionId Id);
