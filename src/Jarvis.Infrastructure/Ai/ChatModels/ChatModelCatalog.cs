using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>Models of all providers, with the last result of <see cref="ChatModelProbe"/>, followed by the offline responder.</summary>
internal sealed class ChatModelCatalog(
    ModelProviders providers,
    ChatModelProbe probe,
    ServiceHealthTracker tracker,
    ILocalModelScheduler scheduler,
    IOptions<ChatTimeoutOptions> timeouts,
    TimeProvider clock,
    ILogger<OpenAiChatModel> logger) : IChatModelCatalog
{
    public Task InitialProbe => probe.InitialProbe;

    public IReadOnlyList<ChatModelDescription> List() => [.. Entries().Select(entry => entry.Description), BuiltInChatModel.SelfDescription];

    public Result<IChatModel> Find(string? id)
    {
        var entries = Entries();
        if (id == BuiltInChatModel.Id)
        {
            return new BuiltInChatModel(hasOthers: entries.Exists(entry => entry.Description.Available));
        }

        var entry = id is null ? FindDefault(entries) : entries.Find(entry => entry.Description.Id == id);
        if (entry is null)
        {
            return id is null ? new BuiltInChatModel(hasOthers: false) : ChatErrors.UnknownModel(id);
        }

        return Create(entry);
    }

    private Entry? FindDefault(List<Entry> entries) => providers.All
        .Select(provider => (Provider: provider, Name: provider.DefaultModel))
        .Where(choice => choice.Name is not null)
        .Select(choice => entries.Find(entry => entry.Provider == choice.Provider && entry.Name == choice.Name))
        .FirstOrDefault(entry => entry is not null);

    private List<Entry> Entries()
    {
        var ids = new HashSet<string> { BuiltInChatModel.Id };
        var entries = new List<Entry>();
        foreach (var provider in providers.All)
        {
            foreach (var model in provider.Models())
            {
                var id = ids.Add(model.Name) ? model.Name : $"{provider.Server.Provider}/{model.Name}";
                var description = new ChatModelDescription(id, provider.Server.Provider, model.Available, provider.Server.IsPrivate);
                entries.Add(new Entry(description, provider, model.Name));
            }
        }

        return entries;
    }

    // The decorators of a whole answer, the innermost first. ModelProviders.WithResilience has those of one HTTP call.
    private HealthReportingChatModel Create(Entry entry)
    {
        var server = entry.Provider.Server;
        IChatModel model = new OpenAiChatModel(entry.Description, server, entry.Name, entry.Provider.Client(entry.Name), clock, logger);
        model = new RetryingChatModel(model, timeouts.Value.Retries, clock);
        model = server.Local ? new PrioritizedChatModel(model, scheduler) : model;

        return new HealthReportingChatModel(model, probe.RequestProbe, fault => tracker.Record(server.Provider, server.ModelsUrl, fault));
    }

    private sealed record Entry(ChatModelDescription Description, ModelProvider Provider, string Name);
}
