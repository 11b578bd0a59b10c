namespace Jarvis.Web.Tests;

/// <summary>Provides a host with a stand-in for its model, and a new user of it.</summary>
/// <param name="answer">Answer of the model; null for its default.</param>
public abstract class ModelTestBase(ModelHostFixture fixture, string? answer = null, params (string Key, string? Value)[] settings)
    : IClassFixture<ModelHostFixture>, IAsyncLifetime
{
    private protected OpenAiStandIn model = null!;
    private protected JarvisHost host = null!;
    private protected JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        (model, host) = await fixture.StartAsync(settings);
        if (answer is not null)
        {
            model.Answer = _ => answer;
        }

        person = await JarvisClient.RegisterAsync(host);
    }

    public ValueTask DisposeAsync()
    {
        person.Dispose();
        GC.SuppressFinalize(this);

        return ValueTask.CompletedTask;
    }
}
