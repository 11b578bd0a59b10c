using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>Limits of the import of conversations.</summary>
public sealed class ImportOptions
{
    public const string Section = "Import";

    /// <summary>Maximum size of a file, and of the uncompressed contents of a zip file.</summary>
    [Range(1024, long.MaxValue, ErrorMessage = "Import:MaxFileBytes must be at least 1024.")]
    public long MaxFileBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Maximum size of the JSON of one conversation. The import needs a multiple of it in memory.</summary>
    [Range(1024, 512 * 1024 * 1024, ErrorMessage = "Import:MaxConversationBytes must be between 1024 and 536870912.")]
    public int MaxConversationBytes { get; set; } = 32 * 1024 * 1024;
}
