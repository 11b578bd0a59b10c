using System.Text.Json;
using Jarvis.Application.Memories;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Uploads;

/// <summary>Reads an uploaded memory file.</summary>
internal sealed class MemoryFileReader(IOptions<JsonOptions> json)
{
    /// <summary>Room for the maximum number of items at many times their usual length.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Returns an empty file if the upload isn't JSON or has another shape; the validator rejects it.</summary>
    public async Task<MemoryFile> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<MemoryFile>(body, json.Value.SerializerOptions, cancellationToken) ?? Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    private static MemoryFile Empty { get; } = new(Format: null, Version: null, Items: null);
}
