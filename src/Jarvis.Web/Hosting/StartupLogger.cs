using Jarvis.Application.Conversations;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Integrations.Captcha;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Hosting;

/// <summary>Logs the URL, the mode, the data directory, the captcha and the model once at start.</summary>
internal sealed partial class StartupLogger(
    IServer server,
    IHostApplicationLifetime lifetime,
    HostingMode mode,
    IChatModelCatalog models,
    IOptions<CaptchaOptions> captcha,
    ILogger<StartupLogger> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        LogRunning(string.Join(", ", addresses), mode.Name, mode.Data);
        if (captcha.Value is { IsConfigured: true } check)
        {
            LogCaptcha(check.Version, check.BaseUrl.Authority);
        }
        else
        {
            LogNoCaptcha();
        }

        await models.InitialProbe.WaitAsync(stoppingToken);
        var model = models.Find(id: null).Value.Description;
        if (model.Provider == "offline")
        {
            LogBuiltInModel(model.Id);
        }
        else
        {
            LogModel(model.Id, model.Provider);
        }
    }

    [LoggerMessage(LogLevel.Information, "Jarvis is running at {Addresses}. Mode: {Mode}. Data: {Data}")]
    private partial void LogRunning(string addresses, string mode, string data);

    [LoggerMessage(LogLevel.Information, "Answers come from {Model} ({Provider})")]
    private partial void LogModel(string model, string provider);

    [LoggerMessage(LogLevel.Information, "Answers come from {Model} because no language model is configured. docs/configuration.md lists the settings to add one")]
    private partial void LogBuiltInModel(string model);

    [LoggerMessage(LogLevel.Information, "Registration is protected by reCAPTCHA {Version} at {Server}")]
    private partial void LogCaptcha(int version, string server);

    [LoggerMessage(LogLevel.Information, "Anyone who can reach this address can register: no captcha is configured")]
    private partial void LogNoCaptcha();
}
