using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Rejects invalid settings at start. Each message says what to set, and none repeats a key.</summary>
internal sealed class ModelOptionsValidator :
    IValidateOptions<OpenAiOptions>,
    IValidateOptions<AzureOpenAiOptions>,
    IValidateOptions<LocalLlmOptions>,
    IValidateOptions<ChatTimeoutOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAiOptions options) => Collect(
        (!IsWebAddress(options.BaseUrl), $"OpenAI:BaseUrl is “{options.BaseUrl}”. Set it to an address such as {OpenAiOptions.PublicBaseUrl}."));

    public ValidateOptionsResult Validate(string? name, AzureOpenAiOptions options) => options.IsConfigured
        ? Collect(
            (!IsWebAddress(options.Endpoint),
                $"AzureOpenAI:Endpoint is “{options.Endpoint}”. Set it to the resource's address, such as https://name.openai.azure.com/."),
            (options.ApiKey is null, "AzureOpenAI:ApiKey is missing. Set it, or remove the other AzureOpenAI settings."),
            (options.Deployments.Count == 0, "AzureOpenAI:Deployments is missing. Set it to at least one deployment; separate several with commas."))
        : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, LocalLlmOptions options) => Collect(
        (!IsWebAddress(options.BaseUrl), $"LocalLlm:BaseUrl is “{options.BaseUrl}”. Set it to an address such as http://localhost:11434/v1."),
        (string.IsNullOrWhiteSpace(options.Model), "LocalLlm:Model is empty. Set it to the name of a model, such as qwen2.5:3b-instruct."));

    public ValidateOptionsResult Validate(string? name, ChatTimeoutOptions options) => Collect(
        (options.ConnectTimeout <= TimeSpan.Zero, NotPositive(nameof(options.ConnectTimeout))),
        (options.FirstTokenTimeout <= TimeSpan.Zero, NotPositive(nameof(options.FirstTokenTimeout))),
        (options.LocalFirstTokenTimeout <= TimeSpan.Zero, NotPositive(nameof(options.LocalFirstTokenTimeout))),
        (options.TokenTimeout <= TimeSpan.Zero, NotPositive(nameof(options.TokenTimeout))),
        (options.ProbeInterval <= TimeSpan.Zero, NotPositive(nameof(options.ProbeInterval))),
        (options.Retries is < 0 or > ChatTimeoutOptions.MaxRetries, $"ChatModels:Retries must be between 0 and {ChatTimeoutOptions.MaxRetries}."));

    private static string NotPositive(string property) => $"ChatModels:{property} must be longer than zero, such as 00:00:30.";

    private static bool IsWebAddress(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static ValidateOptionsResult Collect(params (bool IsBroken, string Message)[] rules)
    {
        string[] failures = [.. rules.Where(rule => rule.IsBroken).Select(rule => rule.Message)];

        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
