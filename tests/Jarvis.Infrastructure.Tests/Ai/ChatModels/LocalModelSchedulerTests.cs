using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

public sealed class LocalModelSchedulerTests : LocalModelSchedulerContract, IDisposable
{
    private readonly LocalModelScheduler gate = new(extractionSlots: 1);

    private protected override ILocalModelScheduler Scheduler => gate;

    public void Dispose() => gate.Dispose();
}
