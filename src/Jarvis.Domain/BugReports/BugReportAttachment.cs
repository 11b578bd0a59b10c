namespace Jarvis.Domain.BugReports;

/// <summary>A picture of a bug report. Its first bytes define the media type, because the file name is untrusted input.</summary>
public sealed class BugReportAttachment
{
    public const int MaxBytes = 5 * 1024 * 1024;

    private BugReportAttachment()
    {
    }

    public string MediaType { get; private set; } = "";

    public byte[] Content { get; private set; } = [];

    /// <summary>Generated file name, for example <c>picture.png</c>.</summary>
    public string FileName => "picture." + MediaType["image/".Length..];

    /// <summary>Returns null if the content is too large or is not PNG, JPEG or WebP.</summary>
    public static BugReportAttachment? Create(byte[] content) => content.Length <= MaxBytes && DetectMediaType(content) is { } type
        ? new BugReportAttachment { MediaType = type, Content = content }
        : null;

    private static string? DetectMediaType(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => null,
    };
}
