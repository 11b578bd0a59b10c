using System.Runtime.InteropServices;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Stops a stand-in that was started from the console on Ctrl-C or when its container stops.</summary>
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
