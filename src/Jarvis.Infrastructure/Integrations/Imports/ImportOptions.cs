using System.ComponentModel.DataAnnotations;

namespace Jarvis.Infrastructure.Integrations.Imports;

/// <summary>What people may bring from elsewhere.</summary>
public sealed class ImportOptions
{
    public const string Section = "Import";

    /// <summary>Of a file, and of what is in it where it is a zip file.</summary>
    [Range(1024, long.MaxValue, ErrorMessage = "Import:MaxFileBytes must be at least 1024.")]
    public long MaxFileBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Of one conversation in the file, with all that is beside its text: that much is in memory at a time, some times over.</summary>
    [Range(1024, 512 * 1024 * 1024, ErrorMessage = "Import:MaxConversationBytes must be between 1024 and 536870912.")]
    public int MaxConversationBytes { get; set; } = 32 * 1024 * 1024;
}
