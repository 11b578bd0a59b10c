using Jarvis.Domain.Common;

namespace Jarvis.Application.Imports;

/// <summary>Reads conversations from an uploaded file. The content is untrusted and can be in any format.</summary>
public interface IConversationFileReader
{
    /// <summary>
    /// Returns conversations one by one while it reads the file, so that only one is in memory. If the file becomes unreadable, the
    /// last element is an error. Values are unvalidated, except that they are present.
    /// </summary>
    /// <param name="format">Declared format; null to detect it.</param>
    IAsyncEnumerable<Result<ConversationImportModel>> ReadAsync(Stream file, ConversationFormat? format, CancellationToken cancellationToken);
}

public enum ConversationFormat
{
    Jarvis,
    ChatGpt,
}

/// <param name="Title">Null if the file does not contain a title.</param>
/// <param name="CreatedAt">Null to use the time of the first turn.</param>
/// <param name="Shortened">Number of texts that the reader cut, because they exceed the limit of a turn.</param>
public sealed record ConversationImportModel(
    string? ExternalId,
    string? Title,
    DateTimeOffset? CreatedAt,
    IReadOnlyList<TurnImportModel> Turns,
    int Shortened = 0);

/// <param name="Response">Null for a prompt without an answer, which is imported anyway.</param>
public sealed record TurnImportModel(string? ExternalId, string? Prompt, string? Response, DateTimeOffset? At);
