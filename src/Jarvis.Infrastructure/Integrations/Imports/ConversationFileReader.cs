using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Reads JSON as a stream, and zip files from a temporary copy, because a zip file must be complete before it can be opened.</summary>
internal sealed partial class ConversationFileReader(IOptions<ImportOptions> options, TimeProvider clock) : IConversationFileReader
{
    private const int StartLength = 4;
    private const int Megabyte = 1024 * 1024;

    public async IAsyncEnumerable<Result<ConversationImportModel>> ReadAsync(
        Stream file,
        ConversationFormat? format,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = new byte[StartLength];
        var length = await file.ReadAtLeastAsync(start, StartLength, throwOnEndOfStream: false, cancellationToken);
        if (start is [(byte)'P', (byte)'K', 3, 4])
        {
            await foreach (var conversation in ReadZipAsync(new PrefixedStream(start, file), format, cancellationToken))
            {
                yield return conversation;
            }
        }
        else
        {
            // Skips the byte order mark, which isn't valid JSON.
            var text = new PrefixedStream(start is [0xEF, 0xBB, 0xBF, ..] ? start[3..length] : start[..length], file);
            await foreach (var conversation in ReadJsonAsync(text, format, [], cancellationToken))
            {
                yield return conversation;
            }
        }
    }

    private async IAsyncEnumerable<Result<ConversationImportModel>> ReadZipAsync(
        Stream file,
        ConversationFormat? format,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), $"jarvis-import-{Guid.NewGuid():N}.zip"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await file.CopyToAsync(copy, cancellationToken);
        using var zip = Open(copy);
        var entries = zip is null ? null : FindConversationFiles(zip);
        if (entries is not { Count: > 0 })
        {
            yield return entries is null ? ImportErrors.Malformed : ImportErrors.ZipWithoutConversations;
            yield break;
        }

        var ids = new HashSet<string>();
        var remaining = options.Value.MaxFileBytes;
        foreach (var entry in entries)
        {
            // Limited while it is read, because the sizes in the archive can't be trusted.
            var unpacked = await OpenAsync(entry, cancellationToken);
            if (unpacked is null)
            {
                yield return ImportErrors.Malformed;
                yield break;
            }

            await using var text = new LimitedStream(unpacked, remaining);
            await foreach (var conversation in ReadJsonAsync(text, format, ids, cancellationToken))
            {
                yield return conversation;
                if (conversation.Error is not null)
                {
                    yield break;
                }
            }

            remaining = text.Remaining;
        }
    }

    // Skips ids of ChatGPT that it has already read: several files of one export may contain the same conversation.
    private async IAsyncEnumerable<Result<ConversationImportModel>> ReadJsonAsync(
        Stream text,
        ConversationFormat? format,
        HashSet<string> ids,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = new JsonArrayReader(text, options.Value.MaxConversationBytes);
        while (true)
        {
            var read = await ReadNextAsync(items, format, cancellationToken);
            if (read is not { } conversation)
            {
                break;
            }

            if (conversation.Error is not null || !conversation.Value.IsChatGpt || ids.Add(conversation.Value.Conversation.ExternalId!))
            {
                yield return conversation.Error is { } error ? error : conversation.Value.Conversation;
            }

            if (conversation.Error is not null)
            {
                yield break;
            }
        }

        if (!items.Found)
        {
            yield return ImportErrors.NotRecognized;
        }
    }

    private async Task<Result<Item>?> ReadNextAsync(JsonArrayReader items, ConversationFormat? format, CancellationToken cancellationToken)
    {
        try
        {
            if (await items.NextAsync(cancellationToken) is not { } item)
            {
                return null;
            }

            using var document = JsonDocument.Parse(item);

            return Read(document.RootElement, format);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            // InvalidOperationException: the text isn't valid UTF-8.
            return Result<Item>.Failure(ImportErrors.Malformed);
        }
        catch (ItemTooLargeException)
        {
            return Result<Item>.Failure(ImportErrors.ConversationTooLarge(options.Value.MaxConversationBytes / Megabyte));
        }
        catch (StreamTooLongException)
        {
            return Result<Item>.Failure(ImportErrors.FileTooLarge(options.Value.MaxFileBytes / Megabyte));
        }
    }

    private Result<Item> Read(JsonElement conversation, ConversationFormat? format)
    {
        var isChatGpt = conversation.Property("mapping") is not null;
        if (format is { } expected && isChatGpt != (expected == ConversationFormat.ChatGpt))
        {
            return ImportErrors.WrongFormat;
        }

        var read = isChatGpt ? ChatGptConversation.Read(conversation, clock.GetUtcNow()) : JarvisConversation.Read(conversation);

        return read.Error is { } error ? error : new Item(read.Value, isChatGpt);
    }

    private static ZipArchive? Open(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static List<ZipArchiveEntry>? FindConversationFiles(ZipArchive zip)
    {
        try
        {
            return [.. zip.Entries.Where(entry => Conversations.IsMatch(entry.Name)).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Returns null for an unsupported compression method or an encrypted entry.
    private static async Task<Stream?> OpenAsync(ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await entry.OpenAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed record Item(ConversationImportModel Conversation, bool IsChatGpt);

    // Large exports contain several numbered files.
    [GeneratedRegex(@"^conversations(-\d+)?\.json$", RegexOptions.IgnoreCase)]
    private static partial Regex Conversations { get; }
}
