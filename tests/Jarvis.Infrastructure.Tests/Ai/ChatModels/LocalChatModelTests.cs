using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class LocalChatModelTests : ChatModelContract
{
    protected override string Provider => "local";

    protected override string AddressSetting => "LocalLlm:BaseUrl";

    protected override string Key => Secrets.LocalModelKey;

    protected override (string Key, string? Value)[] Settings(Uri root) =>
    [
        ("LocalLlm:BaseUrl", $"{root}v1"),
        ("LocalLlm:ApiKey", Key),
        ("LocalLlm:Model", Model),
    ];

    [Fact]
    public async Task Extraction_waits_until_the_answer_ends()
    {
        await using var models = new ChatModelFixture(Settings(Server.Root));
        Server.AddFault(OpenAiFault.SilentAfter(1));
        using var cancellation = new CancellationTokenSource();
        var answer = models.AskAsync(Model, cancellationToken: cancellation.Token);
        await Server.WaitForAsync();

        var extraction = models.Get<ILocalModelScheduler>().EnterExtractionAsync(CancellationToken.None);

        extraction.IsCompleted.Should().BeFalse();
        await cancellation.CancelAsync();
        await answer.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await extraction.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }
}
