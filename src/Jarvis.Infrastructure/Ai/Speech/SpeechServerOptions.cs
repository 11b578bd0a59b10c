using System.ComponentModel.DataAnnotations;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Settings of a server with OpenAI's <c>/v1/audio/speech</c>.</summary>
internal abstract class SpeechServerOptions(string section, string example) : IValidatableObject
{
    /// <summary>Address of the server, with or without a trailing <c>/v1</c>. If it is empty, the server is off.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Secret; most servers don't require a key.</summary>
    public string? ApiKey { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => BaseUrl is null || HttpUrlAttribute.IsHttpUrl(BaseUrl)
        ? []
        : [new ValidationResult($"{section}:BaseUrl is “{BaseUrl}”. Set it to an address such as {example}, or remove it.")];
}
