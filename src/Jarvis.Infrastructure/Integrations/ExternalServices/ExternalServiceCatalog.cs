using Jarvis.Infrastructure.Integrations.AzureBoards;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Integrations.Discord;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Integrations.Captcha;
using Jarvis.Infrastructure.Ai.Speech;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

/// <summary>Every system outside that Jarvis can use, and where those are that are configured.</summary>
internal sealed class ExternalServiceCatalog(
    IOptions<OpenAiOptions> openAi,
    IOptions<AzureOpenAiOptions> azure,
    IOptions<LocalLlmOptions> local,
    IOptions<EmbeddingOptions> embeddings,
    IOptions<SpeachesOptions> speaches,
    IOptions<ChatterboxOptions> chatterbox,
    IOptions<DiscordOptions> discord,
    IOptions<AzureBoardsOptions> boards,
    IOptions<CaptchaOptions> captcha)
{
    public const string Embeddings = "embeddings";
    public const string Discord = "discord";
    public const string DiscordNotifications = "discord-notices";
    public const string AzureBoards = "azure-boards";
    public const string Captcha = "captcha";

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<ExternalServiceDescriptor> All { get; } =
    [
        new(ModelProviders.OpenAi, OpenAiOptions.Section, openAi.Value.IsConfigured ? openAi.Value.BaseUrl : null),
        new(ModelProviders.Azure, AzureOpenAiOptions.Section, azure.Value.Endpoint),
        new(ModelProviders.LocalLlm, LocalLlmOptions.Section, local.Value.BaseUrl) { IsGuess = local.Value.BaseUrl == new LocalLlmOptions().BaseUrl },
        new(Embeddings, EmbeddingOptions.Section, embeddings.Value.BaseUrl),
        new(SpeechServers.Speaches, SpeachesOptions.Section, speaches.Value.BaseUrl),
        new(SpeechServers.Chatterbox, ChatterboxOptions.Section, chatterbox.Value.BaseUrl),
        new(Discord, DiscordOptions.Section, discord.Value.CanLink || discord.Value.AcceptsInteractions ? discord.Value.BaseUrl : null),
        new(DiscordNotifications, $"{DiscordOptions.Section}:{nameof(DiscordOptions.WebhookUrl)}", discord.Value.WebhookUrl),
        new(AzureBoards, AzureBoardsOptions.Section, boards.Value.IsConfigured ? boards.Value.BaseUrl : null),
        new(Captcha, CaptchaOptions.Section, captcha.Value.IsConfigured ? captcha.Value.BaseUrl : null),
    ];
}

/// <param name="Id">What it is called in the journal.</param>
/// <param name="Settings">The section that turns it on.</param>
/// <param name="Address">Null where it is off. Only its host is for showing: a webhook's path is a secret.</param>
internal sealed record ExternalServiceDescriptor(string Id, string Settings, Uri? Address)
{
    /// <summary>Nobody named the address: where nothing ever answered there, nothing is missed.</summary>
    public bool IsGuess { get; init; }
}
