using Jarvis.Domain.Common;

namespace Jarvis.Application.Imports;

/// <summary>Reads the conversations out of a file that a person brings: text written by strangers, and maybe no such file at all.</summary>
public interface IConversationFileReader
{
    /// <summary>
    /// One conversation after the other as the file is read, so that never more than one is in memory. Where the file cannot be
    /// read on, a refusal is the last that is given. The values are as the file has them: nothing is checked but that they are there.
    /// </summary>
    /// <param name="format">What the file is said to be; null where it shall be found out.</param>
    IAsyncEnumerable<Result<ConversationImportModel>> ReadAsync(Stream file, ConversationFormat? format, CancellationToken cancellationToken);
}

public enum ConversationFormat
{
    Jarvis,
    ChatGpt,
}

/// <param name="Title">Null where it has none.</param>
/// <param name="CreatedAt">Null where it is when its first turn was said.</param>
/// <param name="Shortened">How many texts were cut by whoever read the file, because a turn cannot hold them.</param>
public sealed record ConversationImportModel(
    string? ExternalId,
    string? Title,
    DateTimeOffset? CreatedAt,
    IReadOnlyList<TurnImportModel> Turns,
    int Shortened = 0);

/// <param name="Response">Null where there was none: what was said counts all the same.</param>
public sealed record TurnImportModel(string? ExternalId, string? Prompt, string? Response, DateTimeOffset? At);
