using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Rejects invalid settings at start. Each message says what to set, or which line of the voice catalogue is invalid.</summary>
internal sealed class SpeechOptionsValidator :
    IValidateOptions<SpeechOptions>,
    IValidateOptions<SpeachesOptions>,
    IValidateOptions<ChatterboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SpeechOptions options)
    {
        try
        {
            VoiceCatalogFile.Read(options.VoicesFile);

            return ValidateOptionsResult.Success;
        }
        catch (StartupException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }

    public ValidateOptionsResult Validate(string? name, SpeachesOptions options) => Check(options, SpeachesOptions.Section, "http://localhost:8000/v1");

    public ValidateOptionsResult Validate(string? name, ChatterboxOptions options) => Check(options, ChatterboxOptions.Section, "http://localhost:4123/v1");

    private static ValidateOptionsResult Check(SpeechServerOptions options, string section, string example) =>
        options.BaseUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{section}:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {example}, or remove it.");
}
