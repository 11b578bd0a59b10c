using System.Runtime.InteropServices;

namespace Jarvis.TestSupport.StandIns;

/// <summary>What ends a stand-in that a person started: Ctrl-C, or a container's stop.</summary>
internal static class ConsoleCancellation
{
    public static async Task WaitAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await ended.Task;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
