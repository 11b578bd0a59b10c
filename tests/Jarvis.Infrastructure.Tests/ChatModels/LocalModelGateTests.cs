using Jarvis.Infrastructure.ChatModels;

namespace Jarvis.Infrastructure.Tests.ChatModels;

public sealed class LocalModelGateTests : LocalModelGateContract, IDisposable
{
    private readonly LocalModelGate gate = new(extractionSlots: 1);

    private protected override ILocalModelGate Gate => gate;

    public void Dispose() => gate.Dispose();
}
