using System.Reflection;

namespace Jarvis.Benchmarks;

/// <summary>Queue that reports every job as leased. Public, because a proxy is generated from it.</summary>
public class JobCaptureProxy : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.ReturnType == typeof(Task<bool>) ? Task.FromResult(true) : Task.CompletedTask;
}
