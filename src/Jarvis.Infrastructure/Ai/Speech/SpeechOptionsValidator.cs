using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>Stops the start with what to set, or with the line of the voices' file that is wrong.</summary>
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
        catch (StartupException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }

    public ValidateOptionsResult Validate(string? name, SpeachesOptions options) => Check(options, SpeachesOptions.Section, "http://localhost:8000/v1");

    public ValidateOptionsResult Validate(string? name, ChatterboxOptions options) => Check(options, ChatterboxOptions.Section, "http://localhost:4123/v1");

    private static ValidateOptionsResult Check(SpeechServerOptions options, string section, string example) =>
        options.BaseUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{section}:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {example}, or remove it.");
}
