using System.Text.Json;
using Jarvis.Application.Memories;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Api;

/// <summary>Reads a file of memories that somebody sends.</summary>
internal sealed class MemoryUpload(IOptions<JsonOptions> json)
{
    /// <summary>The most items there may be, each of the usual length many times over.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>What is no JSON, or JSON of another shape, is a file that says nothing.</summary>
    public async Task<MemoryFile> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<MemoryFile>(body, json.Value.SerializerOptions, cancellationToken) ?? Missing;
        }
        catch (JsonException)
        {
            return Missing;
        }
    }

    private static MemoryFile Missing { get; } = new(Format: null, Version: null, Items: null);
}
